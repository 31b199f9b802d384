/** Reads the secrets that a link carries in its fragment, and takes them out of the address bar at once. */

export interface Link {
  slug: string;
  key?: string;
}

export function readLink(): Link {
  const part = location.pathname.split("/")[2] ?? "";
  let slug = part;
  try {
    slug = decodeURIComponent(part);
  } catch {
    // a broken escape: the server will say that it does not know this room
  }
  const fragment = new URLSearchParams(location.hash.slice(1));
  const key = fragment.get("key") || fragment.get("invite");
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  return key ? { slug, key } : { slug };
}

/** Where somebody stands with a room, and when the page looks at its door again. */

import type { Answer, DoorInfo } from "./types";

export type Phase =
  | { at: "loading" }
  | { at: "door" }
  | { at: "lobby"; title: string; guidelines: string[]; name: string; held: boolean; closesAt: number; spokenTo: boolean; swept?: boolean }
  | { at: "room" }
  | { at: "missing"; message: string }
  | { at: "denied"; message: string }
  | { at: "removed"; reason: string; banned: boolean }
  | { at: "closed"; message: string; nextAt: number | null; calendar: boolean; resources: string[] }
  | { at: "left" }
  | { at: "replaced" };

const LOOK_AGAIN_MS = 10_000;
const LOOK_FOR_LATER_MS = 60_000;
const LOOK_FOR_DOORS_MS = 2_000;
const NOT_ALL_AT_ONCE_MS = 1_500;

/**
 * What the server has written into the page of an open room: on a slow line its door can be read while the socket is still on its way. The rest
 * is as at most doors, and comes with the socket; null where nothing is known.
 */
export function doorAsKnown(slug: string, written: string | undefined): DoorInfo | null {
  if (!written) return null;
  const rest = { group: "", format: "", timezone: "", calendar: false, opens_at: null, starts_at: null, next_at: null, key_role: null, contact: "" };
  const open = { state: "open", held: false, locked: false, frozen: false, full: false } as const;
  return { slug, ...rest, ...open, names: [], ...(JSON.parse(written) as Partial<DoorInfo>) } as DoorInfo;
}

/** Soon where something may change at any time; later, and when the doors open, where it is known when that will be. */
export function lookAgainIn(info: DoorInfo | null, now: number): number {
  if (!info || info.state === "open" || info.opens_at === null) return LOOK_AGAIN_MS;
  const opensIn = info.opens_at - now;
  if (opensIn <= 0) return LOOK_FOR_DOORS_MS;
  return Math.min(opensIn, LOOK_FOR_LATER_MS) + Math.random() * NOT_ALL_AT_ONCE_MS;
}

export function closed(message = "", nextAt: number | null = null, info: DoorInfo | null = null, resources: string[] = []): Phase {
  return { at: "closed", message, nextAt, calendar: info?.calendar ?? false, resources };
}

/** For whoever was not there when it closed. */
export function closedAsSeen(seen: Answer<DoorInfo>, message = ""): Phase {
  return seen.ok ? closed(message, seen.next_at ?? seen.starts_at, seen) : closed(message);
}

/**
 * Fetches a script that comes later. Browsers remember that one failed and never ask for that address again, so after a failure all are asked
 * for under another one. The build has every `import()` go through here (vite.config.ts).
 */

let failures = 0;

declare global {
  interface Window {
    ask: typeof ask;
  }
}

/** `path`: as it stands in the script at `from`. */
async function ask(path: string, from: string): Promise<unknown> {
  const address = new URL(path, from);
  if (failures > 0) address.search = `again=${failures}`;
  try {
    return await import(/* @vite-ignore */ address.href);
  } catch (fault) {
    failures += 1;
    throw fault;
  }
}

window.ask = ask;

export {};

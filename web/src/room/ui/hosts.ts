/** Brings the tools of who leads or serves, once somebody here does. */

import { signal } from "@preact/signals";

type Tools = typeof import("./HostTools");

const RETRY_MS = 3_000;

const brought = signal<Tools | null>(null);
let asked = false;

/** Null until they are there; on a bad line they are asked for again. */
export function hostTools(): Tools | null {
  if (!asked) {
    asked = true;
    import("./HostTools").then(
      (tools) => (brought.value = tools),
      () => setTimeout(() => ((asked = false), hostTools()), RETRY_MS),
    );
  }
  return brought.value;
}

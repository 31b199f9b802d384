/** Parts of the page that come after its first script, each with its sentences. */

import { signal } from "@preact/signals";
import { speakMore, type Part } from "../../shared/words";

const RETRY_MS = 3_000;

/** Begins to fetch when it is first called. Null until it is there; on a bad line it is asked for again. */
export function later<T>(part: Part, load: () => Promise<T>): () => T | null {
  const brought = signal<{ it: T } | null>(null);
  let asked = false;
  const bring = (): T | null => {
    if (!asked) {
      asked = true;
      Promise.all([load(), speakMore(part)]).then(
        ([it]) => (brought.value = { it }),
        () => setTimeout(() => ((asked = false), bring()), RETRY_MS),
      );
    }
    return brought.value?.it ?? null;
  };
  return bring;
}

/** Scripts that come later than the first one, each with its sentences: in peace before they are needed, at the latest when they are. */

import { signal } from "@preact/signals";
import { speakMore, type Part } from "../../shared/words";
import { late } from "../late";

const RETRY_MS = 3_000;
const PATIENT = 3; // times

/** What asks for a script answers null until it is there; on a bad line it is asked for again. Whoever draws by it is drawn anew when it comes. */
export function bringing<T extends object>(part: Part, load: () => Promise<T>): () => T | null {
  const brought = signal<T | null>(null);
  let came: T | undefined; // though its sentences did not
  let asked = false;
  let failed = 0;
  return function bring(): T | null {
    if (!asked) {
      asked = true;
      Promise.all([came ?? load().then((there) => (came = there)), speakMore(part)]).then(
        ([there]) => {
          brought.value = there;
          late.value = false;
        },
        () => {
          if (++failed >= PATIENT) late.value = true;
          setTimeout(() => ((asked = false), bring()), RETRY_MS);
        },
      );
    }
    return brought.value;
  };
}

/** Of who leads or serves. */
export const hostTools = bringing("hosts", () => import("./HostTools"));
/** What everybody may open, and few do at once. */
export const rare = bringing("sheets", () => import("./Rare"));

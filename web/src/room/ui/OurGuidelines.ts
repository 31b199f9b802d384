/** What a group agrees to that has written nothing of its own comes from the server in English; here it is in the page’s language. */

import { t } from "../../shared/words";

/** As in chatserver/domain/guidelines.py; a test compares them. */
const OURS = new Map([
  ["Speak from “I”: your own experience, not somebody else’s.", "guideline-1"],
  ["Ask before you advise. Listening is help.", "guideline-2"],
  ["What is said here stays here. Nobody is identified, judged or recorded.", "guideline-3"],
  ["This is not treatment and gives no medical advice. Prescribed medication is not judged.", "guideline-4"],
]);

/** A line that is a group’s own stays as it is. */
export function inOurWords(line: string): string {
  const id = OURS.get(line);
  return id === undefined ? line : t(id);
}

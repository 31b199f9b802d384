/** My answer to the question that is asked of all: given once, and brought there however the line is. */

import { signal } from "@preact/signals";
import { t } from "../shared/words";
import { say } from "./acts";
import { askAgain } from "./again";
import { view } from "./session";

/** The poll in which my answer is on its way. */
export const voting = signal<number | null>(null);

export async function vote(poll: number, choice: number): Promise<void> {
  if (voting.value !== null) return;
  voting.value = poll;
  const answer = await askAgain("vote", { poll, choice }, () => view.value?.room.poll?.poll === poll);
  voting.value = null;
  const here = view.value;
  if (!answer || !here) return;
  // Counted already: the answer to an earlier try was lost on its way.
  if (answer.ok || answer.code === "voted") view.value = { ...here, you: { ...here.you, voted: poll } };
  else say({ text: answer.message || t("error-no-answer"), bad: true });
}

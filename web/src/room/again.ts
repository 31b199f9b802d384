/** Asks until there is an answer: for what counts once, however often it is asked. */

import { connection, phase } from "./session";
import type { Answer } from "./types";

// The line is down, or the seat is not taken again yet, or nobody knows whether it was heard.
const NOT_HEARD = new Set(["offline", "no_answer", "not_joined", "unavailable", "too_fast"]);
const AGAIN_MS = 1_500;

/** Null where nobody waits for the answer any more: the room is over, or `wanted` says so. */
export async function askAgain<T>(event: string, payload: object, wanted: () => boolean = () => true): Promise<Answer<T> | null> {
  for (;;) {
    const answer = await connection.ask<T>(event, payload);
    if (answer.ok || !NOT_HEARD.has(answer.code)) return answer;
    await new Promise((later) => setTimeout(later, answer.retry_after_ms ?? AGAIN_MS));
    if (phase.value.at !== "room" || !wanted()) return null;
  }
}

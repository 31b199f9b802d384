/** A line that stalls silently looks alive for half a minute. Where nothing has come for a while and somebody is here again, the server is asked. */

import { connection, heard } from "./session";

const QUIET_MS = 20_000;
const ANSWER_SOON_MS = 5_000; // a slow line takes two seconds

let came = 0;

/** Without an answer the line counts as dropped, and comes back by itself. */
function look(): void {
  if (document.visibilityState !== "visible" || Date.now() - came < QUIET_MS) return;
  came = Date.now();
  void connection.ask("door", {}, ANSWER_SOON_MS); // refused at once, without a look into anything: an answer, which is all that is wanted
}

/** From now on. */
export function lookWhetherStill(): void {
  const something = (): void => {
    came = Date.now();
  };
  heard.subscribe(something);
  connection.wire.subscribe(something);
  for (const sign of ["input", "pointerdown", "online"]) addEventListener(sign, look);
  document.addEventListener("visibilitychange", look);
}

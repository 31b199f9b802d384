/** What happens on a private line, or comes of a report, said once where the sheet is not open. */

import { useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { t } from "../../shared/words";
import { say } from "../acts";
import type { Lines } from "../line";
import { lines, me } from "../session";
import { sheet, unread } from "./sheets";

export function LineNews() {
  const before = useRef<Lines>(lines.value);
  useSignalEffect(() => {
    const now = lines.value;
    const was = before.current;
    before.current = now;
    if (now === was) return;
    if (now.outcome !== was.outcome && now.outcome) say({ text: now.outcome });
    for (const call of now.calls) {
      const old = was.calls.find((one) => one.call === call.call);
      if (old?.state === "taken" && old.taken_by !== me() && call.state === "waiting") say({ text: t("call-waits-again", { name: call.name }), bad: true });
    }
    const looking = sheet.peek()?.is === "help";
    if (!now.mine) {
      unread.value = 0;
      if (was.mine && now.last === was.mine.call && !looking) say({ text: t("line-closed-toast") });
      return;
    }
    if (looking || !was.mine) return; // nothing that has come in with the page is news
    const call = now.mine.call;
    const theirs = (which: Lines): number => (which.written[call] ?? []).filter((one) => one.seat !== me()).length;
    const came = theirs(now) - theirs(was);
    if (came > 0) {
      unread.value = unread.peek() + came;
      say({ text: t("line-message-toast") });
    } else if (now.mine.state !== was.mine.state) say({ text: t(now.mine.state === "taken" ? "line-taken-toast" : "line-again-toast") });
  });
  return null;
}

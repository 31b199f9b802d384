/** One thing until next time: one's own words, to take along as a calendar file. Nothing of it is kept here or sent. */

import { signal } from "@preact/signals";
import { clockIsHidden } from "../../shared/language";
import { t } from "../../shared/words";
import { newId } from "../outbox";
import { aWeekLater, calendarFile } from "../reminder";
import { serverNow, view } from "../session";
import type { View } from "../view";
import { Icon } from "./Icons";

const FILE = "reminder.ics";
const READ_BY_THEN_MS = 60_000;

/** What was taken along or put away, by its last message: words that come after it are offered again. */
const done = signal({ id: "", saved: false });

function mine({ log }: View): { words: string; last: string } | null {
  const own = log.filter((entry) => entry.kind === "message").filter((message) => message.untilNext && !message.gone);
  const last = own.at(-1);
  return last ? { words: own.map(({ text }) => text).join("\n"), last: last.id } : null;
}

export function UntilNext() {
  const here = view.value;
  const own = here && mine(here);
  if (!here || !own) return null;
  const { words, last } = own;
  const { id, saved } = done.value;
  if (id === last && !saved) return null;
  return (
    <div class="until-next">
      {id === last ? (
        <p role="status">{t("until-next-saved")}</p>
      ) : (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            save(words, here.room.opened_at);
            done.value = { id: last, saved: true };
          }}
        >
          <Icon name="calendar" /> {t("until-next")}
        </button>
      )}
      <button type="button" class="quiet square" aria-label={t("close")} onClick={() => (done.value = { id: last, saved: false })}>
        <Icon name="close" />
      </button>
    </div>
  );
}

function save(words: string, began: number): void {
  const now = new Date(serverNow());
  const at = aWeekLater(new Date(began), now);
  const reminder = calendarFile({ title: t("until-next-title"), words, at, now, uid: newId() + newId(), byTheWall: !clockIsHidden });
  const file = new Blob([reminder], { type: "text/calendar;charset=utf-8" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = FILE;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), READ_BY_THEN_MS);
}

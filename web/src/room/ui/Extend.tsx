/** For who leads: the hour may be longer. */

import { useSignal } from "@preact/signals";
import { atDayTime, t } from "../../shared/words";
import { extend } from "../leading";
import { view } from "../session";

const MINUTES = [5, 15, 30, 60];

export function Extend() {
  const minutes = useSignal(15);
  const room = view.value?.room;
  if (!room) return null;
  return (
    <div class="members-link">
      <label for="extend">
        <strong>{t("extend")}</strong>
      </label>
      <div class="joined">
        <select id="extend" value={minutes.value} onChange={(event) => (minutes.value = Number(event.currentTarget.value))}>
          {MINUTES.map((one) => (
            <option key={one} value={one}>
              {t("extend-by", { minutes: one })}
            </option>
          ))}
        </select>
        <button type="button" onClick={() => void extend(minutes.value)}>
          {t("extend-do")}
        </button>
      </div>
      <small>{t("extend-hint", { time: atDayTime(room.closes_at) })}</small>
    </div>
  );
}

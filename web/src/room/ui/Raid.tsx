/** When a meeting is disturbed: the few things that make it quiet, each with its way back. */

import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { t } from "../../shared/words";
import { freeze, may } from "../acts";
import { endWave, lastSweep, sweep } from "../lobby";
import { view } from "../session";
import { Icon } from "./Icons";

const MINUTES = [1, 2, 5, 10, 30];
const USUAL = 5;

export function Raid() {
  const room = view.value?.room;
  const needed = useRef(false);
  if (!room) return null;
  // Out of the way on most evenings; there when it is needed, and from then on.
  if (room.wave || room.frozen) needed.current = true;
  return (
    <details class="part raid" open={needed.current}>
      <summary>
        <h2>{t("raid")}</h2>
      </summary>
      {may("freeze") && (
        <button type="button" class={room.frozen ? "freeze-big on" : "freeze-big"} onClick={() => void freeze(!room.frozen)}>
          <Icon name={room.frozen ? "play" : "pause"} />
          <span>
            <strong>{t(room.frozen ? "unfreeze" : "freeze")}</strong>
            <small>{t("freeze-hint")}</small>
          </span>
        </button>
      )}
      {may("sweep") && <Sweep />}
    </details>
  );
}

function Sweep() {
  const minutes = useSignal(USUAL);
  const retract = useSignal(true);
  const last = lastSweep.value;
  return (
    <div class="sweep">
      <strong id="sweep-title">{t("sweep")}</strong>
      <small>{t("sweep-hint")}</small>
      <div class="row">
        <select aria-labelledby="sweep-title" value={minutes.value} onChange={(event) => (minutes.value = Number(event.currentTarget.value))}>
          {MINUTES.map((count) => (
            <option key={count} value={count}>
              {t("sweep-minutes", { count })}
            </option>
          ))}
        </select>
        <button type="button" class="danger" onClick={() => void sweep(minutes.value, retract.value)}>
          {t("sweep-do")}
        </button>
      </div>
      <label class="check">
        <input type="checkbox" checked={retract.value} onChange={(event) => (retract.value = event.currentTarget.checked)} />
        {t("sweep-retract")}
      </label>
      {last && (
        <p class="row">
          <button type="button" onClick={last.undo}>
            {t("sweep-undo", { count: last.count })}
          </button>
        </p>
      )}
    </div>
  );
}

/** To hosts, over what is said: that many came at once, and the one tap for either case. */
export function Wave() {
  const here = view.value;
  if (!here?.room.wave || !may("lobby")) return null;
  return (
    <div class="line wave" role="status">
      <p>
        <strong>{t("wave")}</strong> {t("wave-text", { count: here.waiting.length })}
      </p>
      <p class="row">
        <button type="button" class="small-button" onClick={() => void endWave()}>
          {t("wave-undo")}
        </button>
        <button type="button" class="small-button danger" onClick={() => void sweep(USUAL, true)}>
          {t("wave-sweep")}
        </button>
      </p>
    </div>
  );
}

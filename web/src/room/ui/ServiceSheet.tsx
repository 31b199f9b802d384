/** For a timekeeper and a reader: of the run sheet, what their hat is for. */

import { t } from "../../shared/words";
import { may } from "../acts";
import { extendPart, extendShare } from "../leading";
import { view } from "../session";
import { takesTurns } from "../view";
import { Script, SHARE_STEP, Signs } from "./RunSheet";
import { PART_STEP } from "./Steps";
import { Clock, hasAgenda, PartLine, whose } from "./Turns";

export function ServiceSheet() {
  const here = view.value;
  if (!here) return null;
  const { room, epoch } = here;
  const { floor, segment } = room;
  const begun = hasAgenda(room) && segment.index >= 0;
  return (
    <section class="part run-sheet" aria-labelledby="run-title">
      <h2 id="run-title">{t("run-sheet")}</h2>
      {!begun && <p class="hint">{t("turns-before")}</p>}
      {begun && <PartLine room={room} />}
      {begun && may("keep_time") && (
        <>
          {floor?.ends_at != null && (
            <p class="whose">
              <span class="whose-words">{whose(here)}</span>
              <Clock until={floor.ends_at} />
            </p>
          )}
          {takesTurns(here) && <Signs here={here} />}
          <p class="row">
            {floor?.ends_at != null && (
              <button type="button" class="small-button" onClick={() => void extendShare(SHARE_STEP)}>
                {t("share-more")}
              </button>
            )}
            <button type="button" class="small-button" onClick={() => void extendPart(PART_STEP)}>
              {t("part-more")}
            </button>
          </p>
        </>
      )}
      {begun && may("read") && <Script key={`${epoch}-${segment.index}`} index={segment.index} />}
    </section>
  );
}

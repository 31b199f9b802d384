/** On through the hour: the one big button, what it asks where somebody shares, and at the end of the hour its close. */

import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../shared/words";
import { goTo, may } from "../acts";
import { extendPart } from "../leading";
import { nameOf, type View } from "../view";
import { sheet } from "./sheets";
import { PartLine } from "./Turns";

export const PART_STEP = 300;

// Whoever presses twice means it once: longer than any double click.
const ONE_PRESS_MS = 900;

export function Steps({ here }: { here: View }) {
  const { segment } = here.room;
  return (
    <>
      {segment.index < 0 ? <p class="hint">{t("turns-before")}</p> : <PartLine room={here.room} />}
      <Onward here={here} />
      {segment.index >= 0 && (
        <p class="row">
          {segment.index > 0 && (
            <button type="button" class="small-button" onClick={() => void goTo("back")}>
              {t("back-part")}
            </button>
          )}
          <button type="button" class="small-button" onClick={() => void extendPart(PART_STEP)}>
            {t("part-more")}
          </button>
        </p>
      )}
    </>
  );
}

/** Where somebody else has the floor, it asks first: question and button have one place, so that neither pushes anything away. */
function Onward({ here }: { here: View }) {
  const { room, you } = here;
  const { agenda, segment, floor } = room;
  const next = agenda[segment.index + 1];
  const sharing = next && floor && floor.seat !== you.seat ? floor.seat : "";
  const asked = useSignal("");
  const asks = sharing !== "" && asked.value === `${segment.index}/${sharing}`;
  const box = useRef<HTMLDivElement>(null);
  const answered = useRef(false);
  const fresh = useFresh(`${segment.index}/${asks}`);
  const busy = useSignal(false);
  useLayoutEffect(() => {
    if (asks) box.current?.querySelector<HTMLElement>(".wait")?.focus({ preventScroll: true });
    else if (answered.current) box.current?.querySelector<HTMLElement>(".next-part")?.focus({ preventScroll: true });
    answered.current = false;
  }, [asks]);
  const waits = fresh || busy.value;
  const onward = (): void => {
    if (waits) return;
    busy.value = true;
    void goTo("next").finally(() => (busy.value = false));
  };
  const answer = (yes: boolean): void => {
    if (waits) return;
    answered.current = true;
    asked.value = "";
    if (yes) onward();
  };
  if (!next)
    return (
      <>
        <p class="hint">{t("last-part")}</p>
        {may("close") && (
          <button type="button" class="danger next-part" aria-disabled={fresh} onClick={() => !fresh && (sheet.value = { is: "close" })}>
            {t("close-meeting")}
          </button>
        )}
      </>
    );
  return (
    <div class="onward" ref={box}>
      <button
        type="button"
        class={asks ? "primary next-part behind" : "primary next-part"}
        aria-disabled={waits}
        onClick={() => (sharing && !waits ? (asked.value = `${segment.index}/${sharing}`) : onward())}
      >
        {segment.index < 0 ? t("begin-with", { title: next.title }) : t("next-part", { title: next.title })}
      </button>
      {sharing && (
        <div class={asks ? "all-the-same" : "all-the-same behind"} role="group" aria-labelledby="all-the-same">
          <p id="all-the-same">{t("next-all-the-same", { name: nameOf(here, sharing) ?? t("somebody"), title: next.title })}</p>
          <p class="row">
            <button type="button" class="primary small-button" aria-disabled={waits} onClick={() => answer(true)}>
              {t("next-go-on")}
            </button>
            <button type="button" class="small-button wait" aria-disabled={waits} onClick={() => answer(false)}>
              {t("next-wait")}
            </button>
          </p>
        </div>
      )}
    </div>
  );
}

/** For a moment after it has become what it is; not at first. */
function useFresh(what: string): boolean {
  const known = useRef(what);
  const settled = useSignal(what);
  useEffect(() => {
    if (known.current === what) return;
    known.current = what;
    const timer = setTimeout(() => (settled.value = what), ONE_PRESS_MS);
    return () => clearTimeout(timer);
  }, [what]);
  return settled.value !== what;
}

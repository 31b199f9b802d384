/** At a door that is shut: when it opens, by the clock of who stands there, and going in by itself when it does. */

import { useSignal } from "@preact/signals";
import { atDate, elsewhere, t } from "../../shared/words";
import { openNow, wished } from "../session";
import type { DoorInfo } from "../types";
import { secondsUntil } from "./clock";
import { GoIn } from "./Door";
import { HelpNow, HelpOutside } from "./HelpOutside";
import { CalendarLinks, Notice } from "./Parts";

export function NotOpen({ info }: { info: DoorInfo }) {
  const { state, opens_at: opensAt, starts_at: startsAt, next_at: nextAt } = info;
  const at = startsAt ?? nextAt;
  const early = state === "early" && opensAt !== null;
  return (
    <>
      <div class="shut">
        <h2>{t(early ? "door-early" : `door-${state}`)}</h2>
        {early && (
          <p class="opens-at">
            {t("door-early-opens", { time: atDate(opensAt) })} <Countdown until={opensAt} />
          </p>
        )}
        {at !== null && <p>{t(early ? "door-begins" : state === "closed" ? "next-meeting" : "door-scheduled-at", { time: atDate(at) })}</p>}
        {at !== null && elsewhere(at, info.timezone) && <p class="hint">{elsewhere(at, info.timezone)}</p>}
        {at === null && <p>{t(`door-${state}-text`)}</p>}
        {info.calendar && <CalendarLinks />}
        {info.key_role === "facilitator" && <OpenNow />}
      </div>
      {early && !wished.value && <GoIn info={info} host={info.key_role === "facilitator" || info.key_role === "moderator"} early />}
      {early && wished.value && (
        <>
          <WillGoIn />
          <HelpNow />
        </>
      )}
      {!early && <HelpOutside />}
    </>
  );
}

function Countdown({ until }: { until: number }) {
  const seconds = secondsUntil(until);
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (part: number): string => String(part).padStart(2, "0");
  return (
    <span class="clock" role="timer" aria-live="off" aria-label={t("clock-label")}>
      {h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`}
    </span>
  );
}

/** Said once, for whoever waits here. The page does it when the doors open. */
function WillGoIn() {
  return (
    <div class="shut" role="status">
      <p>
        <strong>{t("door-wished", { name: wished.value?.name ?? "" })}</strong>
      </p>
      <p class="hint">{t("door-wished-hint")}</p>
      <button type="button" class="small-button" onClick={() => (wished.value = null)}>
        {t("door-wished-change")}
      </button>
    </div>
  );
}

function OpenNow() {
  const refused = useSignal("");
  return (
    <>
      <button
        type="button"
        class="primary big"
        onClick={async () => {
          refused.value = (await openNow())?.message ?? "";
        }}
      >
        {t("door-open-now")}
      </button>
      <Notice text={refused.value} />
    </>
  );
}

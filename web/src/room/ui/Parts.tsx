/** Small things that several screens show. */

import { t } from "../../shared/words";
import { late } from "../late";
import { connection, serverNow, slug } from "../session";
import type { Refusal } from "../types";
import { rare } from "./bring";
import { secondsUntil } from "./clock";
import { page } from "./Languages";

export function Notice({ text }: { text: string }) {
  return (
    <div role="alert" class={text ? "notice" : undefined}>
      {text}
    </div>
  );
}

/** A refusal, and when the same may be tried again. */
export interface Refused {
  message: string;
  until: number;
}

export function refused(answer: Refusal | null): Refused | null {
  return answer && { message: answer.message || t("error-no-answer"), until: answer.retry_after_ms ? serverNow() + answer.retry_after_ms : 0 };
}

export function mustWait(why: Refused | null): boolean {
  return why !== null && secondsUntil(why.until) > 0;
}

export function RefusedNotice({ why }: { why: Refused | null }) {
  const wait = why ? secondsUntil(why.until) : 0;
  let when = "";
  if (wait > 90) when = t("again-in-minutes", { minutes: Math.round(wait / 60) });
  else if (wait > 0) when = t("again-in-seconds", { seconds: wait });
  else if (why?.until) when = t("again-now");
  return (
    <div class={why ? "notice" : undefined}>
      <div role="alert">{why?.message}</div>
      {when && <p class="when">{when}</p>}
    </div>
  );
}

export function Keep() {
  return (
    <p class="keep">
      {t("keep-sentence")}{" "}
      <a href={page("/what-we-keep")} target="_blank" rel="noreferrer noopener">
        {t("keep-link")}
      </a>
    </p>
  );
}

export function Led({ kind, by }: { kind: string; by: string }) {
  const key = (value: string): string => value.replaceAll(" ", "-");
  return <>{t("group-led", { kind: key(kind), by: key(by) })}</>;
}

export function Guidelines({ lines }: { lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <details class="guidelines" open>
      <summary>{t("door-guidelines")}</summary>
      <GuidelineList lines={lines} />
    </details>
  );
}

export function GuidelineList({ lines }: { lines: readonly string[] }) {
  const later = rare();
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>
          <bdi>{later ? later.inOurWords(line) : line}</bdi>
        </li>
      ))}
    </ul>
  );
}

/** Where the format comes from, and that nobody stands behind it but the group. */
export function FormatNote({ text }: { text: string }) {
  return text ? (
    <p class="small" dir="auto">
      {text}
    </p>
  ) : null;
}

/** Something to take along, in the group's own words. What looks like a link in it is text. */
export function Resource({ text }: { text: string }) {
  return (
    <div class="resource">
      <strong>{t("resource")}</strong>
      <p dir="auto">{text}</p>
    </div>
  );
}

export function CalendarLinks() {
  return (
    <p class="calendar">
      <a href={`/r/${slug}.ics`}>{t("calendar-add")}</a>
      <a href={`/r/${slug}.discreet.ics`}>{t("calendar-discreet")}</a>
    </p>
  );
}

/** How the line is, in words. */
export function Line() {
  switch (connection.wire.value) {
    case "up":
      return late.value ? (
        <p class="line" role="status">
          {t("late")}{" "}
          <button type="button" class="small-button" onClick={() => location.reload()}>
            {t("broken-room-reload")}
          </button>
        </p>
      ) : null;
    case "stopped":
      return null;
    case "connecting":
      return (
        <p class="line" role="status">
          {t("link-connecting")}
        </p>
      );
    case "lost":
      return (
        <p class="line lost" role="status">
          <strong>{t("link-lost")}</strong> {t("link-lost-detail")}
        </p>
      );
  }
}

/** A seat's colour: only so that one voice is easily told from another. */
export function tint(seat: string): string {
  let sum = 0;
  for (let index = 0; index < seat.length; index += 1) sum = (sum * 31 + seat.charCodeAt(index)) >>> 0;
  return `tint-${sum % 8}`;
}

export function Switch({ on, label, hint, change }: { on: boolean; label: string; hint?: string; change: (on: boolean) => unknown }) {
  return (
    <button type="button" role="switch" class="switch" aria-checked={on} onClick={() => void change(!on)}>
      <span>
        <strong>{label}</strong>
        {hint && <small>{hint}</small>}
      </span>
      <span class="track" aria-hidden="true">
        <span class="thumb" />
      </span>
    </button>
  );
}

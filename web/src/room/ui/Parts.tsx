/** Small things that several screens show. */

import { t } from "../../shared/words";
import { connection } from "../session";

export function Notice({ text }: { text: string }) {
  return (
    <div role="alert" class={text ? "notice" : undefined}>
      {text}
    </div>
  );
}

export function Keep() {
  return (
    <p class="keep">
      {t("keep-sentence")}{" "}
      <a href="/what-we-keep" target="_blank" rel="noreferrer noopener">
        {t("keep-link")}
      </a>
    </p>
  );
}

export function Led({ kind, by }: { kind: string; by: string }) {
  const key = (value: string): string => value.replaceAll(" ", "-");
  return <p class="led">{t("group-led", { kind: key(kind), by: key(by) })}</p>;
}

/** How the line is, in words. */
export function Line() {
  switch (connection.wire.value) {
    case "up":
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

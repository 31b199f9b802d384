/** Asked before words leave the tab that may tell who somebody is. */

import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../shared/words";
import type { Found } from "../nudge";

interface Props {
  found: readonly Found[];
  change: () => void;
  send: () => void;
}

export function Nudge({ found, change, send }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => box.current?.scrollIntoView({ block: "nearest" }), []);
  return (
    <div class="nudge" role="alert" ref={box}>
      <p>
        <strong>{t("nudge-title")}</strong> {t("nudge-text")}
      </p>
      <ul>
        {found.map(({ kind, what }) => (
          <li key={kind}>
            {t(`nudge-${kind}`)} <bdi>{what}</bdi>
          </li>
        ))}
      </ul>
      <p class="row end">
        <button type="button" class="small-button" onClick={send}>
          {t("nudge-send")}
        </button>
        <button type="button" class="small-button primary" onClick={change}>
          {t("nudge-change")}
        </button>
      </p>
    </div>
  );
}

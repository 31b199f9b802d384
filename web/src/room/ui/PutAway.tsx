/** In the place of what is put away: a sentence and the way back, for as long as there is one. Nothing jumps, and the keyboard stays where it was. */

import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../shared/words";
import { putAway, undo, undoable } from "../afterwards";

function lost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

/**
 * Of a row that can be put away under this key, or as one of several. `row` goes onto its element, which stays the same and as high as it was;
 * `gone`: its sentence is to be shown.
 */
export function usePutAway<E extends HTMLElement>(key: string, withOthers = false) {
  const ref = useRef<E>(null);
  const was = useRef({ own: false, button: -1, height: 0 });
  const own = putAway(key);
  const gone = own || withOthers;
  useLayoutEffect(() => {
    const row = ref.current;
    const before = was.current;
    if (!row) return;
    row.style.minHeight = gone ? `${before.height}px` : "";
    if (!gone) before.height = row.getBoundingClientRect().height;
    if (own === before.own) return;
    before.own = own;
    if (lost()) row.querySelectorAll("button")[own ? 0 : before.button]?.focus({ preventScroll: true });
  });
  const onClickCapture = ({ target }: MouseEvent): void => {
    const pressed = target instanceof Element ? target.closest("button") : null;
    if (ref.current && pressed && !gone) was.current.button = [...ref.current.querySelectorAll("button")].indexOf(pressed);
  };
  return { gone, row: { ref, onClickCapture } };
}

/** `of`: its key; undefined where it is undone, and told, together with others. `within`: stands in what is read out when it changes. */
export function PutAway({ of, said, within = false }: { of: string | undefined; said: string; within?: boolean }) {
  const id = `put-away-${of}`;
  if (of === undefined) return <span class="row put-away">{said}</span>;
  return (
    <span class="row put-away">
      <span id={id} {...(within ? {} : { role: "status" })}>
        {said}
      </span>
      {undoable(of) && (
        <button type="button" aria-describedby={id} onClick={() => undo(of)}>
          {t("undo")}
        </button>
      )}
    </span>
  );
}

/** Of a part whose rows come and go: where one goes that has the focus, the part's heading has it from then on, and not the page. */
export function useFocusKept<E extends HTMLElement>() {
  const ref = useRef<E>(null);
  const last = useRef<Element | null>(null);
  useLayoutEffect(() => {
    if (!last.current || last.current.isConnected || !lost()) return;
    last.current = null;
    ref.current?.querySelector("h2")?.focus({ preventScroll: true });
  });
  const onFocusIn = ({ target }: FocusEvent): void => {
    last.current = target instanceof Element ? target : null;
  };
  return { ref, onFocusIn };
}

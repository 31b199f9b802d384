/** A modal sheet: from below on a phone, in the middle or beside its button on a wide page. Escape and a tap outside close it. */

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { quickExit } from "../../shared/leave";
import { t } from "../../shared/words";
import { sheet } from "./sheets";
import { FreezeButton } from "./Freeze";
import { Icon } from "./Icons";

interface Props {
  title: string;
  children: ComponentChildren;
  /** A menu stands beside the button that opened it. */
  beside?: DOMRect | undefined;
}

const WIDE = "(min-width: 48rem)";
const GAP = 8;
const TOP = 60; // the way out is above

export function Sheet({ title, children, beside }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const alive = useRef(true);
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return undefined;
    if (!element.open) element.showModal();
    if (beside && matchMedia(WIDE).matches) {
      const { width, height } = element.getBoundingClientRect();
      let left = Math.min(Math.max(GAP, beside.right - width), innerWidth - width - GAP);
      let top = beside.bottom + GAP;
      if (top + height > innerHeight - GAP) top = beside.top - height - GAP;
      if (top < TOP) {
        // Neither below nor above: at its side, so that what it is about can be read.
        top = Math.max(TOP, Math.min(beside.top, innerHeight - height - GAP));
        const after = beside.right + GAP;
        left = after + width > innerWidth - GAP ? Math.max(GAP, beside.left - GAP - width) : after;
      }
      element.classList.add("beside");
      element.style.left = `${left}px`;
      element.style.top = `${top}px`;
    }
    return () => {
      alive.current = false;
      element.close(); // gives the focus back to where it was
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={beside ? "sheet menu" : "sheet"}
      aria-label={title}
      onClose={() => alive.current && closeSheet()}
      onClick={(event) => {
        if (event.target === dialog.current) closeSheet();
      }}
    >
      <div class="sheet-body">
        <header class="sheet-head">
          <h2>{title}</h2>
          <button type="button" class="quiet square" aria-label={t("close")} onClick={closeSheet}>
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
      {/* What is under an open dialog takes no taps, so the way out is here too, over the one in the top bar. Last: it must not get the focus. */}
      <FreezeButton />
      <button type="button" class="exit" title={t("quick-exit-hint")} onClick={quickExit}>
        {t("quick-exit")} <Icon name="exit" />
      </button>
    </dialog>
  );
}

export function closeSheet(): void {
  sheet.value = null;
}

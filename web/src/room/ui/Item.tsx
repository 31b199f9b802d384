/** One thing that a menu offers: it closes the menu, and does it. */

import { closeSheet } from "./Sheet";

interface ItemProps {
  label: string;
  danger?: boolean;
  go: () => unknown;
}

export function Item({ label, danger, go }: ItemProps) {
  return (
    <button
      type="button"
      class={danger ? "item danger-text" : "item"}
      onClick={() => {
        closeSheet();
        void go();
      }}
    >
      {label}
    </button>
  );
}

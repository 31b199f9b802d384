/** Asked before what cannot be undone. */

import { closeSheet, Sheet } from "./Sheet";

export function Sure({ title, text, yes, no, go }: { title: string; text: string; yes: string; no: string; go: () => void }) {
  return (
    <Sheet title={title}>
      <p>{text}</p>
      <p class="row end">
        <button type="button" onClick={closeSheet}>
          {no}
        </button>
        <button
          type="button"
          class="danger"
          onClick={() => {
            closeSheet();
            go();
          }}
        >
          {yes}
        </button>
      </p>
    </Sheet>
  );
}

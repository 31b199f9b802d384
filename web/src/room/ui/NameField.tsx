/** A name of at most 32 characters, as the server counts them. Near the end it says how many are left. */

import type { JSX } from "preact";
import { t } from "../../shared/words";

const LONGEST = 32;
const COUNT_FROM = 24;

type Props = Omit<JSX.InputHTMLAttributes<HTMLInputElement>, "onInput" | "value"> & { value: string; set: (value: string) => void };

export function NameField({ set, ...input }: Props) {
  function take(field: HTMLInputElement): void {
    const letters = [...field.value];
    if (letters.length > LONGEST) field.value = letters.slice(0, LONGEST).join("");
    set(field.value);
  }
  return (
    <input
      {...input}
      dir="auto"
      autocomplete="off"
      spellcheck={false}
      // While letters are still being put together, nothing is cut.
      onInput={(event) => (event.isComposing ? set(event.currentTarget.value) : take(event.currentTarget))}
      onCompositionEnd={(event) => take(event.currentTarget)}
    />
  );
}

export function NameLeft({ id, value }: { id?: string; value: string }) {
  const { length } = [...value];
  return (
    <p class="count" id={id} role="status">
      {length > COUNT_FROM && t("box-left", { count: Math.max(0, LONGEST - length) })}
    </p>
  );
}

/** What a moderator does gently: a private warning, and the kind move to listener. Nobody else sees the words. */

import { useSignal } from "@preact/signals";
import { t } from "../../shared/words";
import { toListener, warn } from "../leading";
import { Notice } from "./Parts";
import { closeSheet, Sheet } from "./Sheet";

const LONGEST = 500;

interface Props {
  seat: string;
  name: string;
}

export function WarnSheet({ seat, name }: Props) {
  return <WordSheet title={t("warn-title", { name })} text={t("warn-text")} field={t("warn-field")} yes={t("warn-yes")} go={(words) => warn(seat, name, words)} />;
}

export function ListenerSheet({ seat, name }: Props) {
  return (
    <WordSheet
      title={t("to-listener-title", { name })}
      text={t("to-listener-text")}
      field={t("to-listener-field")}
      first={t("to-listener-word")}
      yes={t("to-listener-yes")}
      go={(words) => toListener(seat, name, words)}
    />
  );
}

interface WordProps {
  title: string;
  text: string;
  field: string;
  /** What stands in the field at first. */
  first?: string;
  yes: string;
  go: (words: string) => Promise<string>;
}

function WordSheet({ title, text, field, first = "", yes, go }: WordProps) {
  const words = useSignal(first);
  const refused = useSignal("");
  const busy = useSignal(false);
  return (
    <Sheet title={title}>
      <form
        onSubmit={async (event) => {
          event.preventDefault();
          if (busy.value) return;
          busy.value = true;
          refused.value = await go(words.value.trim());
          busy.value = false;
          if (!refused.value) closeSheet();
        }}
      >
        <p>{text}</p>
        <label class="field">
          <span>{field}</span>
          <textarea rows={2} dir="auto" maxLength={LONGEST} autocomplete="off" value={words.value} onInput={(event) => (words.value = event.currentTarget.value)} />
        </label>
        <Notice text={refused.value} />
        <p class="row end">
          <button type="button" onClick={closeSheet}>
            {t("cancel")}
          </button>
          <button type="submit" class="primary">
            {yes}
          </button>
        </p>
      </form>
    </Sheet>
  );
}

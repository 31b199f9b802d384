/** What those who lead have written to me alone. It stays until I have read it. */

import { t } from "../../shared/words";
import { view } from "../session";
import { closeWord } from "../view";

export function PrivateWords() {
  const here = view.value;
  if (!here) return null;
  return (
    <div role="status" class="private-words">
      {here.words.map((word) => (
        <article key={word.id} class="private-word">
          <h2>{t(`word-${word.about}`)}</h2>
          <p class="words" dir="auto">
            {word.text}
          </p>
          <p class="row end">
            <span class="hint">{t("word-private")}</span>
            <button type="button" class="small-button" onClick={() => view.value && (view.value = closeWord(view.value, word.id))}>
              {t("word-read")}
            </button>
          </p>
        </article>
      ))}
    </div>
  );
}

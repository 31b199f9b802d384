/** The page in another language. Links, as on the server's own pages; here nothing is loaded anew, and who is in the room stays. */

import { language, LANGUAGES, speak, t } from "../../shared/words";
import { say } from "../acts";
import { connection } from "../session";

export function Languages() {
  return (
    <nav class="languages" aria-label={t("languages")}>
      {LANGUAGES.map(({ tag, name, dir }) =>
        tag === language.value ? (
          <span key={tag} aria-current="true" lang={tag} dir={dir}>
            {name}
          </span>
        ) : (
          <a key={tag} href={`?lang=${tag}`} lang={tag} dir={dir} hreflang={tag} onClick={(event) => choose(event, tag)}>
            {name}
          </a>
        ),
      )}
    </nav>
  );
}

/** The address remembers it, for a reload of this tab and for the links that lead on. It is kept nowhere else. */
function choose(event: Event, tag: string): void {
  event.preventDefault();
  speak(tag).then(
    () => {
      history.replaceState(null, "", `${location.pathname}?lang=${tag}`);
      document.title = t("meeting");
    },
    // With a line, a new page has it; without one, there would be none.
    () => (connection.up ? location.replace(`?lang=${tag}`) : say({ text: t("error-no-answer"), bad: true })),
  );
}

/** A page of the server's own, in the language that somebody has chosen here. */
export function page(path: string): string {
  const chosen = language.value && new URLSearchParams(location.search).get("lang"); // read anew whenever another language is spoken
  return chosen ? `${path}?lang=${encodeURIComponent(chosen)}` : path;
}

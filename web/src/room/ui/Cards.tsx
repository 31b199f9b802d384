/** Short cards in plain words, for the worst moments. The page /help has them too, without a script. */

import { language, t } from "../../shared/words";
import { BreatheButton } from "./Breathe";

const LINES = { overdose: 4, withdrawal: 3, suicide: 4, moderator: 4 } as const;

/** Its lines stand in English until somebody who speaks the page's language has reviewed them. */
export function Card({ name, open = false }: { name: keyof typeof LINES; open?: boolean }) {
  const written = t("crisis-in");
  const foreign = written !== language.value;
  return (
    <details class="short-card" open={open}>
      <summary>{t(`card-${name}`)}</summary>
      {foreign && <p class="hint">{t("crisis-note")}</p>}
      <ul {...(foreign ? { lang: written, dir: "ltr" } : {})}>
        {Array.from({ length: LINES[name] }, (_, index) => (
          <li key={index}>{t(`card-${name}-${index + 1}`)}</li>
        ))}
      </ul>
    </details>
  );
}

export function Cards() {
  return (
    <div class="cards">
      <BreatheButton />
      <Card name="overdose" />
      <Card name="withdrawal" />
      <Card name="suicide" />
    </div>
  );
}

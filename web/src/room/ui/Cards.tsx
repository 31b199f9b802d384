/** Short cards in plain words, for the worst moments. The page /help has them too, without a script. */

import { t } from "../../shared/words";
import { BreatheButton } from "./Breathe";

const LINES = { overdose: 4, withdrawal: 3, suicide: 4, moderator: 4 } as const;

export function Card({ name, open = false }: { name: keyof typeof LINES; open?: boolean }) {
  return (
    <details class="short-card" open={open}>
      <summary>{t(`card-${name}`)}</summary>
      <ul>
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

/** For who moderates, and nobody else: whether it sounds when something waits, and what one has done oneself. */

import { atTime, t } from "../../shared/words";
import { doings } from "../doings";
import { setSound, sound } from "../sound";
import { Switch } from "./Parts";

export function ForHosts() {
  return (
    <section class="part for-hosts" aria-labelledby="for-hosts-title">
      <h2 id="for-hosts-title">{t("for-hosts")}</h2>
      <Switch on={sound.value} label={t("sound")} hint={t("sound-hint")} change={setSound} />
      <p class="hint">{t("freeze-key")}</p>
      <details>
        <summary>{t("doings", { count: doings.value.length })}</summary>
        <p class="hint">{t("doings-hint")}</p>
        <ol class="doings">
          {[...doings.value].reverse().map(({ at, what, name }, index) => (
            <li key={doings.value.length - index}>
              <time dateTime={new Date(at).toISOString()}>{atTime(at)}</time> <span>{t(`did-${what}`, { name })}</span>
            </li>
          ))}
        </ol>
      </details>
    </section>
  );
}

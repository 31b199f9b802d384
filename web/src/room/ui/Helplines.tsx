/** Where to turn outside: numbers by country, and the short cards. Shown in the sheet for help, and wherever somebody stands outside. */

import { language, nameOf, t } from "../../shared/words";
import { chosen, countries, type Country, type Helpline } from "../helplines";
import { page } from "./Languages";

export function Helplines() {
  const known = countries.value;
  const here = known?.find((one) => one.country === chosen.value);
  return (
    <section class="helplines" aria-label={t("helplines-title")}>
      <h3>{t("helplines-title")}</h3>
      {known ? (
        <label class="field country">
          <span>{t("helplines-country")}</span>
          <select value={chosen.value} onChange={(event) => (chosen.value = event.currentTarget.value)}>
            <option value="">{t("helplines-choose")}</option>
            {known.map((one) => (
              <option key={one.country} value={one.country}>
                {countryName(one)}
              </option>
            ))}
          </select>
        </label>
      ) : (
        <p>{t("helplines-later")}</p>
      )}
      {known && !here && <p class="local">{t("helplines-local")}</p>}
      {here && (
        <ul>
          {here.helplines.map((line) => (
            <Line key={`${line.kind}${line.contact}${line.channel}`} line={line} />
          ))}
        </ul>
      )}
      <p class="hint">
        {t("helplines-not-ours")}{" "}
        <a href={page("/help")} target="_blank" rel="noreferrer noopener">
          {t("helplines-all")}
        </a>
      </p>
    </section>
  );
}

/** As the page's language calls it, where the browser knows. */
function countryName({ country, name }: Country): string {
  return language.value === "en" ? name : (nameOf("region", country) ?? name);
}

const SCHEMES = { call: "tel:", text: "sms:" } as const;

function Line({ line }: { line: Helpline }) {
  const { kind, name, contact, channel, hours, old } = line;
  const to = channel === "chat" ? (contact.includes(".") ? `https://${contact}` : "") : SCHEMES[channel] + contact.replaceAll(" ", "");
  return (
    <li class={kind}>
      <span class="kind">{t(`helpline-${kind}`)}</span>
      <strong>
        <bdi>{name}</bdi>
      </strong>
      <span class="contact">
        {t(`helpline-${channel}`)}{" "}
        {to ? (
          <a href={to} rel="noreferrer noopener" dir="ltr">
            {contact}
          </a>
        ) : (
          <bdi>{contact}</bdi>
        )}
      </span>
      {hours && (
        <span class="hint">
          <bdi>{hours}</bdi>
        </span>
      )}
      {old && <span class="hint">{t("helpline-old")}</span>}
    </li>
  );
}

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
      <Card name="overdose" />
      <Card name="withdrawal" />
      <Card name="suicide" />
    </div>
  );
}

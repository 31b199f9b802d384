/** Before going in: what this is, what is agreed here, a name, and one big button. */

import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { atDayTime, language, nameOf, t } from "../../shared/words";
import { late } from "../late";
import { door, doorNotice, entering, formerly, goInAs, NAME_TROUBLE, wished } from "../session";
import { HATS, type DoorInfo, type Role } from "../types";
import { rare } from "./bring";
import { HelpNow, HelpOutside } from "./HelpOutside";
import { Languages, page } from "./Languages";
import { NameField, NameLeft } from "./NameField";
import { FormatNote, Guidelines, Keep, Led, Line, mustWait, Notice, refused, RefusedNotice, type Refused } from "./Parts";

export function Door() {
  const info = door.value;
  if (!info) {
    return (
      <section class="card">
        <h1 tabIndex={-1}>{t("meeting")}</h1>
        <Notice text={doorNotice.value} />
        <HelpOutside />
        <Keep />
        <Languages />
      </section>
    );
  }
  return (
    <section class="card door">
      <p class="eyebrow">
        <bdi>{info.group_name}</bdi>
      </p>
      <h1 tabIndex={-1}>
        <bdi {...(info.language ? { lang: info.language } : {})}>{info.title}</bdi>
      </h1>
      <State info={info} />
      <p class="led">
        <bdi>{info.format_title}</bdi>
        {" · "}
        <Led kind={info.kind} by={info.led_by} />
        <MeetingLanguage tag={info.language} />
      </p>
      <Notice text={doorNotice.value} />
      {late.value && <Line />}
      <KeyRole info={info} />
      <Way info={info} />
      <Guidelines lines={info.guidelines} />
      <FormatNote text={info.note} />
      <p class="small">{t("door-adults")}</p>
      <p class="small">
        <a href={page("/how-it-works")} target="_blank" rel="noreferrer noopener">
          {t("how-link")}
        </a>
      </p>
      <Keep />
      <Languages />
      {info.contact && <p class="small">{t("door-contact", { contact: info.contact })}</p>}
    </section>
  );
}

/** Said where it is not the page's. */
function MeetingLanguage({ tag }: { tag: string }) {
  const base = (one: string): string => one.split("-")[0]?.toLowerCase() ?? "";
  return tag && base(tag) !== base(language.value) ? <>{` · ${t("meeting-language", { language: nameOf("language", tag) ?? tag })}`}</> : null;
}

function State({ info }: { info: DoorInfo }) {
  if (info.state !== "open") return null;
  const until = info.closes_at ? t("door-open-until", { time: atDayTime(info.closes_at) }) : t("door-open");
  return <p class="pill">{until}</p>;
}

function KeyRole({ info }: { info: DoorInfo }) {
  if (info.key_role === "facilitator") return <p class="note">{t("door-as-facilitator")}</p>;
  if (info.key_role === "moderator") return <p class="note">{t("door-as-moderator")}</p>;
  const hat = HATS.find((one) => one === info.key_role);
  return hat ? <p class="note">{t("door-with-hat", { hat })}</p> : null;
}

const SHUT = ["full", "locked", "frozen"] as const;

function Way({ info }: { info: DoorInfo }) {
  const host = info.key_role === "facilitator" || info.key_role === "moderator";
  const later = rare();
  if (info.state !== "open") return later ? <later.NotOpen info={info} /> : <Shut title={t(`door-${info.state}`)} text={t("on-its-way")} />;
  const why = SHUT.find((one) => info[one]);
  if (why && !host) {
    return (
      <>
        <Shut title={t(`door-${why}`)} text={t(`door-${why}-text`)} />
        <HelpOutside />
      </>
    );
  }
  return <GoIn info={info} host={host} />;
}

function Shut({ title, text }: { title: string; text: string }) {
  return (
    <div class="shut">
      <h2>{title}</h2>
      <p>{text}</p>
    </div>
  );
}

/** `early`: as soon as the doors are open. */
export function GoIn({ info, host, early = false }: { info: DoorInfo; host: boolean; early?: boolean }) {
  const offered = useSignal(0);
  const typed = useSignal<string | null>(formerly.value?.name ?? null);
  const role = useSignal<Role>(formerly.value?.role === "listener" ? "listener" : "member");
  const nameTrouble = useSignal("");
  const trouble = useSignal<Refused | null>(null);
  const waits = mustWait(trouble.value);
  const waiting = (info.lobby || info.held) && !host;
  const name = typed.value ?? info.names[offered.value % Math.max(1, info.names.length)] ?? "";
  useLayoutEffect(() => {
    const field = document.activeElement;
    // It comes with the socket, when somebody may be about to write their own in its place.
    if (typed.value === null && field instanceof HTMLInputElement) field.select();
  }, [name]);
  const asked = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => {
    // The button stays in view, and what it says may not be: a notice above it, or letters of twice the size.
    if (nameTrouble.value) {
      const field = asked.current?.querySelector("input");
      field?.focus();
      field?.scrollIntoView({ block: "center" });
    } else if (trouble.value) asked.current?.querySelector(".go .notice")?.scrollIntoView({ block: "nearest" });
  }, [nameTrouble.value, trouble.value]);

  async function go(event: Event): Promise<void> {
    event.preventDefault();
    if (waits) return;
    nameTrouble.value = "";
    trouble.value = null;
    const wish = { role: host ? "member" : role.value, ...(name.trim() ? { name: name.trim() } : {}) } as const;
    if (early) {
      wished.value = wish;
      return;
    }
    const refusal = await goInAs(wish);
    if (!refusal) return;
    if (!NAME_TROUBLE.has(refusal.code)) {
      trouble.value = refused(refusal);
      return;
    }
    nameTrouble.value = refusal.message;
    if (typed.value === null) offered.value += 1; // somebody was quicker: here is another
  }

  return (
    <>
      <form class="go-in" ref={asked} onSubmit={(event) => void go(event)}>
        <div class="field">
          <label for="name">{t("door-name")}</label>
          <div class="joined">
            <NameField
              id="name"
              value={name}
              aria-describedby="name-hint name-left"
              aria-invalid={nameTrouble.value !== ""}
              set={(value) => (typed.value = value)}
            />
            <button
              type="button"
              onClick={() => {
                if (typed.value === null) offered.value += 1;
                typed.value = null;
                nameTrouble.value = "";
              }}
            >
              {t("door-another")}
            </button>
          </div>
          <Notice text={nameTrouble.value} />
          <NameLeft id="name-left" value={name} />
          <p class="hint" id="name-hint">
            {t("door-name-hint")}
          </p>
        </div>
        {!host && (
          <fieldset class="choice">
            <legend>{t("door-role")}</legend>
            {(["member", "listener"] as const).map((one) => (
              <label key={one}>
                <input type="radio" name="role" checked={role.value === one} onChange={() => (role.value = one)} />
                <span>
                  <strong>{t(`door-${one}`)}</strong> <small>{t(`door-${one}-hint`)}</small>
                </span>
              </label>
            ))}
          </fieldset>
        )}
        <div class="go">
          <RefusedNotice why={trouble.value} />
          {!trouble.value && waiting && <p class="hint">{t(info.held ? "door-held" : "door-lobby")}</p>}
          {!trouble.value && <p class="hint">{t("door-short")}</p>}
          <button type="submit" class="primary big" aria-disabled={entering.value || waits}>
            {t(entering.value ? "door-going-in" : early ? "door-wish" : waiting ? "door-knock" : "door-go-in")}
          </button>
        </div>
      </form>
      {trouble.value ? <HelpOutside /> : <HelpNow />}
    </>
  );
}

/** The screens around the room: waiting, and every way in which a visit ends. Each says what happens next. */

import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { atDate, atTime, t } from "../../shared/words";
import type { Phase } from "../phase";
import { draft, knockAgain, takeBack } from "../session";
import { rare } from "./bring";
import { HelpOutside } from "./HelpOutside";
import { Languages, page } from "./Languages";
import { CalendarLinks, Keep, Line, mustWait, refused, RefusedNotice, Resource, type Refused } from "./Parts";

function Card({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="card ending">
      <h1 tabIndex={-1}>{title}</h1>
      {children}
    </section>
  );
}

function Onward() {
  return (
    <p>
      <a class="button" href={page("/")}>
        {t("all-meetings")}
      </a>
    </p>
  );
}

export function Loading() {
  return (
    <section class="card ending" aria-busy="true">
      <p class="loading">{t("room-loading")}</p>
      <Line />
    </section>
  );
}

export function LobbyWait({ lobby }: { lobby: Extract<Phase, { at: "lobby" }> }) {
  const later = rare();
  return (
    <section class="card ending">
      <p class="eyebrow">
        <bdi>{lobby.title}</bdi>
      </p>
      <h1 tabIndex={-1}>{t("lobby-title")}</h1>
      <p class="waiting-dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </p>
      <p role="status">{lobby.held ? t("lobby-held", { time: atTime(lobby.closesAt) }) : t(lobby.swept ? "lobby-swept" : "lobby-text")}</p>
      {lobby.swept && draft.value.text !== "" && <p>{t("door-words-kept")}</p>}
      <p class="hint">{t("lobby-name", { name: lobby.name })}</p>
      <Line />
      {lobby.spokenTo && later && <later.SpokenTo />}
      <h2>{t("door-guidelines")}</h2>
      <ul>
        {lobby.guidelines.map((line) => (
          <li key={line}>
            <bdi>{line}</bdi>
          </li>
        ))}
      </ul>
      <HelpOutside />
      <Keep />
      <Languages />
    </section>
  );
}

export function Missing({ message }: { message: string }) {
  return (
    <Card title={t("missing-title")}>
      <p>{message || t("missing-text")}</p>
      <Onward />
      <HelpOutside />
    </Card>
  );
}

function Knock({ label }: { label: string }) {
  const why = useSignal<Refused | null>(null);
  const waits = mustWait(why.value);
  const busy = useSignal(false);
  return (
    <>
      <button
        type="button"
        class="primary big"
        aria-disabled={busy.value || waits}
        onClick={async () => {
          if (busy.value || waits) return;
          busy.value = true;
          why.value = refused(await knockAgain());
          busy.value = false;
        }}
      >
        {label}
      </button>
      <RefusedNotice why={why.value} />
    </>
  );
}

export function Denied({ message }: { message: string }) {
  return (
    <Card title={t("denied-title")}>
      <p>{message || t("denied-text")}</p>
      <Knock label={t("denied-knock")} />
      <Onward />
      <HelpOutside />
    </Card>
  );
}

export function Removed({ reason, banned }: { reason: string; banned: boolean }) {
  return (
    <Card title={t("removed-title")}>
      {reason && (
        <figure class="word">
          <figcaption>{t("removed-word")}</figcaption>
          <blockquote dir="auto">{reason}</blockquote>
        </figure>
      )}
      <p>{t(banned ? "removed-banned" : "removed-text")}</p>
      <Knock label={t("removed-knock")} />
      <Onward />
      <HelpOutside />
    </Card>
  );
}

export function Closed({ ended }: { ended: Extract<Phase, { at: "closed" }> }) {
  return (
    <Card title={t("closed-title")}>
      <p>{ended.message || t("closed-text")}</p>
      <p>{t("closed-thanks")}</p>
      {ended.nextAt !== null && (
        <div class="shut">
          <p>
            <strong>{t("next-meeting", { time: atDate(ended.nextAt) })}</strong>
          </p>
          {ended.calendar && <CalendarLinks />}
        </div>
      )}
      {ended.resources.map((text) => (
        <Resource key={text} text={text} />
      ))}
      <Onward />
      <HelpOutside />
    </Card>
  );
}

export function Left() {
  return (
    <Card title={t("left-title")}>
      <p>{t("left-text")}</p>
      <p class="row">
        <button type="button" onClick={() => location.reload()}>
          {t("left-again")}
        </button>
        <a class="button" href={page("/")}>
          {t("all-meetings")}
        </a>
      </p>
      <HelpOutside />
    </Card>
  );
}

export function Replaced() {
  return (
    <Card title={t("replaced-title")}>
      <p>{t("replaced-text")}</p>
      <button type="button" class="primary big" onClick={takeBack}>
        {t("replaced-take")}
      </button>
    </Card>
  );
}

import { useSignal } from "@preact/signals";
import { atTime, t } from "../../shared/words";
import { admit, admitAll, deny, denyAll, lock, may, mayActOn, mute, retract, slow } from "../acts";
import { slug, view } from "../session";
import { callId, closeCall, find, type Call } from "../view";
import { Extend } from "./Extend";
import { Switch } from "./Parts";
import { sheet } from "./sheets";

/** In order of urgency, each with its action beside it. */
export function NeedsYou() {
  const here = view.value;
  if (!here) return null;
  const calls = [...here.calls].sort((a, b) => Number(b.type === "help") - Number(a.type === "help"));
  return (
    <section class="part needs-you" aria-labelledby="needs-title">
      <h2 id="needs-title">{t("needs-you")}</h2>
      {calls.length + here.waiting.length === 0 && <p class="hint">{t("needs-nobody")}</p>}
      <div role="status">
        {calls.map((call) => (
          <CallCard key={callId(call)} call={call} />
        ))}
      </div>
      {here.waiting.length > 0 && (
        <div class="door-list">
          <h3>
            {t("at-the-door")} <span class="number">{here.waiting.length}</span>
          </h3>
          {here.waiting.length > 1 && !here.room.held && (
            <p class="row">
              {here.waiting.some((one) => !one.marked) && (
                <button type="button" class="small-button" onClick={() => void admitAll()}>
                  {t(here.waiting.some((one) => one.marked) ? "admit-unmarked" : "admit-all")}
                </button>
              )}
              <button type="button" class="small-button" onClick={() => void denyAll()}>
                {t("deny-all")}
              </button>
            </p>
          )}
          <ul class="knockers">
            {here.waiting.map((one) => (
              <li key={one.seat} class="knocker">
                <span class="who">
                  <bdi class="name">{one.name}</bdi>
                  {one.role === "listener" && <span class="role-tag">{t("role-listener")}</span>}
                  {one.marked && <span class="marked">{t("marked")}</span>}
                </span>
                {!may("admit_marked") && (one.marked || here.room.held) ? (
                  <span class="hint">{t(one.marked ? "admit-moderators" : "admit-held")}</span>
                ) : (
                  <span class="row">
                    <button type="button" class="primary small-button" onClick={() => void admit(one.seat)}>
                      {t("admit")}
                    </button>
                    <button type="button" class="small-button" onClick={() => void deny(one.seat)}>
                      {t("deny")}
                    </button>
                  </span>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function CallCard({ call }: { call: Call }) {
  const done = (): void => {
    if (view.value) view.value = closeCall(view.value, callId(call));
  };
  const doneButton = (
    <button type="button" class="small-button quiet" onClick={done}>
      {t("call-done")}
    </button>
  );
  if (call.type !== "report") {
    const help = call.type === "help";
    return (
      <article class={help ? "call help-call" : "call"}>
        <h3>{help ? t(call.waiting ? "call-help-lobby" : "call-help", { name: call.name }) : t("call-question")}</h3>
        <time dateTime={new Date(call.at).toISOString()}>{atTime(call.at)}</time>
        {call.text && (
          <p class="words" dir="auto">
            {call.text}
          </p>
        )}
        <p class="row">{doneButton}</p>
      </article>
    );
  }
  const there = view.value && find(view.value, call.id);
  return (
    <article class="call">
      <h3>{t("call-report", { name: call.name })}</h3>
      <time dateTime={new Date(call.at).toISOString()}>{atTime(call.at)}</time>
      <blockquote class="words" dir="auto">
        {call.text}
      </blockquote>
      {call.reason && (
        <p class="hint" dir="auto">
          {t("call-reason")} {call.reason}
        </p>
      )}
      <p class="row">
        {!(there && there.gone) && (
          <button type="button" class="small-button" onClick={() => void retract(call.id, t("retracted-toast"))}>
            {t("retract-any")}
          </button>
        )}
        {mayActOn(call.about) && (
          <>
            <button type="button" class="small-button" onClick={() => void mute(call.about, call.name)}>
              {t("mute-ten")}
            </button>
            <button
              type="button"
              class="small-button danger"
              onClick={() => (sheet.value = { is: "remove", seat: call.about, name: call.name, retract: true, ban: false })}
            >
              {t("remove")}
            </button>
          </>
        )}
        {doneButton}
      </p>
    </article>
  );
}

const SLOW = [0, 10, 30, 60, 300];

export function RoomSwitches() {
  const here = view.value;
  if (!here) return null;
  const { room } = here;
  const steps = SLOW.includes(room.slow_seconds) ? SLOW : [...SLOW, room.slow_seconds];
  return (
    <section class="part switches" aria-labelledby="room-title">
      <h2 id="room-title">{t("the-room")}</h2>
      {may("lock") && <Switch on={room.locked} label={t("lock")} hint={t("lock-hint")} change={lock} />}
      {may("slow") && (
        <div class="switch">
          <label for="slow">
            <strong>{t("slow")}</strong>
            <small>{t("slow-hint")}</small>
          </label>
          <select id="slow" value={room.slow_seconds} onChange={(event) => void slow(Number(event.currentTarget.value))}>
            {steps.map((seconds) => (
              <option key={seconds} value={seconds}>
                {seconds === 0 ? t("slow-off") : seconds % 60 === 0 ? t("slow-minutes", { minutes: seconds / 60 }) : t("slow-seconds", { seconds })}
              </option>
            ))}
          </select>
        </div>
      )}
      <MembersLink />
      {may("extend") && <Extend />}
      {may("close") && (
        <button type="button" class="danger" onClick={() => (sheet.value = { is: "close" })}>
          {t("close-meeting")}
        </button>
      )}
    </section>
  );
}

function MembersLink() {
  const copied = useSignal(false);
  const address = `${location.origin}/r/${slug}`;
  return (
    <div class="members-link">
      <strong id="members-link">{t("members-link")}</strong>
      <div class="joined">
        <input readOnly value={address} aria-labelledby="members-link" onFocus={(event) => event.currentTarget.select()} />
        {"clipboard" in navigator && (
          <button type="button" onClick={() => void navigator.clipboard.writeText(address).then(() => (copied.value = true))}>
            {t(copied.value ? "copied" : "copy")}
          </button>
        )}
      </div>
      <small>{t("members-link-hint")}</small>
    </div>
  );
}

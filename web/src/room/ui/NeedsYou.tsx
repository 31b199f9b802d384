/** What needs a moderator, in order of urgency: who calls for help, what was reported, questions, the door. Each says who has taken it, with its actions beside. */

import { useSignal } from "@preact/signals";
import { atTime, t } from "../../shared/words";
import { may, mayActOn, retract } from "../acts";
import { admit, admitAll, closeReport, deny, denyAll, mute, takeCall, takeReport } from "../leading";
import { lines, view } from "../session";
import type { OpenCall, OpenReport, Waiting } from "../types";
import { callId, closeCall, find, nameOf, type Call } from "../view";
import { FirstMessages, firstMessages, FirstMessagesWait } from "./FirstMessages";
import { HandsUp, handThatWaits } from "./HandsUp";
import { LobbyTalk } from "./LobbyTalk";
import { sheet } from "./sheets";

const SOMEBODY_IS_WITH_THEM = 1;

function urgency(one: OpenCall | OpenReport): number {
  return one.taken_by === null ? 0 : SOMEBODY_IS_WITH_THEM;
}

export function NeedsYou() {
  const here = view.value;
  if (!here) return null;
  const inOrder = <T extends OpenCall | OpenReport>(all: readonly T[]): T[] =>
    [...all].sort((a, b) => urgency(a) - urgency(b) || a.since - b.since);
  const calls = inOrder(lines.value.calls).filter((one) => one.seat !== here.you.seat);
  const reports = inOrder(lines.value.reports);
  const nothing = calls.length + reports.length + here.calls.length + here.waiting.length + firstMessages().length === 0 && handThatWaits() === undefined;
  return (
    <section class="part needs-you" aria-labelledby="needs-title">
      <h2 id="needs-title">{t("needs-you")}</h2>
      {nothing && <p class="hint">{t("needs-nobody")}</p>}
      <div role="status">
        {calls.map((call) => (
          <HelpCard key={call.call} call={call} />
        ))}
        {reports.map((report) => (
          <ReportCard key={report.report} report={report} />
        ))}
        {here.calls.map((question) => (
          <QuestionCard key={callId(question)} question={question} />
        ))}
      </div>
      <FirstMessages />
      <AtTheDoor />
      <HandsUp />
    </section>
  );
}

/** In the room itself, so that nobody overlooks it whatever stands in the panel. */
export function CallsWaiting() {
  const here = view.value;
  const calls = lines.value.calls.filter((one) => one.taken_by === null && one.seat !== here?.you.seat);
  return (
    <>
      <div role="alert" class={calls.length > 0 ? "calls-waiting" : undefined}>
        {calls.map((call) => (
          <p key={call.call} class="line">
            <strong>{t(call.lobby ? "call-help-lobby" : "call-help", { name: call.name })}</strong>{" "}
            <button type="button" class="small-button" aria-haspopup="dialog" onClick={() => (sheet.value = { is: "line", call: call.call, name: call.name })}>
              {t("call-open")}
            </button>
          </p>
        ))}
      </div>
      <FirstMessagesWait />
    </>
  );
}

function Taken({ by }: { by: string | null }) {
  const here = view.value;
  if (!here) return null;
  if (by === null) return <p class="taken-by not-taken">{t("call-not-taken")}</p>;
  if (by === here.you.seat) return <p class="taken-by">{t("call-taken-by-you")}</p>;
  return <p class="taken-by">{t("call-taken-by", { name: nameOf(here, by) ?? "" })}</p>;
}

function HelpCard({ call }: { call: OpenCall }) {
  const { name } = call;
  const said = lines.value.written[call.call]?.at(-1);
  const open = (): void => {
    sheet.value = { is: "line", call: call.call, name };
  };
  return (
    <article class={call.taken_by === null ? "call help-call" : "call help-call with-somebody"}>
      <h3>{t(call.lobby ? "call-help-lobby" : "call-help", { name })}</h3>
      <time dateTime={new Date(call.since).toISOString()}>{atTime(call.since)}</time>
      {said && (
        <p class="words" dir="auto">
          {said.text}
        </p>
      )}
      <Taken by={call.taken_by} />
      <p class="row">
        {call.taken_by === null && (
          <button type="button" class="primary small-button" onClick={() => void takeCall(call.call).then((answer) => answer.ok && open())}>
            {t("call-take")}
          </button>
        )}
        <button type="button" class="small-button" onClick={open}>
          {t("call-open")}
        </button>
      </p>
    </article>
  );
}

function QuestionCard({ question }: { question: Call }) {
  return (
    <article class="call">
      <h3>{t("call-question")}</h3>
      <time dateTime={new Date(question.at).toISOString()}>{atTime(question.at)}</time>
      <p class="words" dir="auto">
        {question.text}
      </p>
      <p class="row">
        <button
          type="button"
          class="small-button quiet"
          onClick={() => {
            if (view.value) view.value = closeCall(view.value, callId(question));
          }}
        >
          {t("call-done")}
        </button>
      </p>
    </article>
  );
}

function ReportCard({ report }: { report: OpenReport }) {
  const here = view.value;
  if (!here) return null;
  const there = find(here, report.id);
  const words = lines.value.words[report.report];
  const text = words?.text ?? (there?.kind === "message" && !there.gone ? there.text : undefined);
  const name = nameOf(here, report.about) ?? words?.name ?? there?.name;
  return (
    <article class="call report-call">
      <h3>{name ? t("call-report", { name }) : t("call-report-somebody")}</h3>
      <time dateTime={new Date(report.since).toISOString()}>{atTime(report.since)}</time>
      {text === undefined ? (
        <p class="hint">{t("call-words-gone")}</p>
      ) : (
        <blockquote class="words" dir="auto">
          {text}
        </blockquote>
      )}
      {words?.reason && (
        <p class="hint" dir="auto">
          {t("call-reason")} {words.reason}
        </p>
      )}
      <Taken by={report.taken_by} />
      <p class="row">
        {report.taken_by === null && (
          <button type="button" class="small-button" onClick={() => void takeReport(report.report)}>
            {t("report-take")}
          </button>
        )}
        {there && !there.gone && (
          <button type="button" class="small-button" onClick={() => void retract(report.id, t("retracted-toast"))}>
            {t("retract-any")}
          </button>
        )}
        {name !== undefined && nameOf(here, report.about) !== undefined && mayActOn(report.about) && (
          <>
            <button type="button" class="small-button" onClick={() => void mute(report.about, name)}>
              {t("mute-ten")}
            </button>
            <button
              type="button"
              class="small-button danger"
              onClick={() => (sheet.value = { is: "remove", seat: report.about, name, retract: true, ban: false })}
            >
              {t("remove")}
            </button>
          </>
        )}
      </p>
      <p class="row">
        <button type="button" class="small-button" onClick={() => void closeReport(report.report, "acted")}>
          {t("report-acted")}
        </button>
        <button type="button" class="small-button quiet" onClick={() => void closeReport(report.report, "no_action")}>
          {t("report-no-action")}
        </button>
      </p>
    </article>
  );
}

function AtTheDoor() {
  const here = view.value;
  if (!here || here.waiting.length === 0) return null;
  return (
    <div class="door-list">
      <h3>
        {t("at-the-door")} <span class="number">{here.waiting.length}</span>
      </h3>
      <ul class="knockers">
        {here.waiting.map((one) => (
          <Knocker key={one.seat} one={one} held={here.room.held} />
        ))}
      </ul>
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
    </div>
  );
}

function Knocker({ one, held }: { one: Waiting; held: boolean }) {
  const writes = useSignal(false);
  const decides = may("admit_marked");
  const talk = writes.value || (lines.value.lobby[one.seat]?.length ?? 0) > 0;
  return (
    <li class="knocker">
      <span class="who">
        <bdi class="name">{one.name}</bdi>
        {one.role === "listener" && <span class="role-tag">{t("role-listener")}</span>}
        {one.marked && <span class="marked">{t("marked")}</span>}
      </span>
      {!decides && (one.marked || held) ? (
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
      {talk ? (
        <LobbyTalk seat={one.seat} name={one.name} />
      ) : (
        (decides || !one.marked) && (
          <p class="row">
            <button type="button" class="small-button quiet" aria-label={t("lobby-talk-to-name", { name: one.name })} onClick={() => (writes.value = true)}>
              {t("lobby-talk-to")}
            </button>
            {one.spoken_to && <span class="hint">{t("lobby-talk-begun")}</span>}
          </p>
        )
      )}
    </li>
  );
}

/** What needs a moderator, in order of urgency: who calls for help, what was reported, questions, the door. Each says who has taken it, with its actions beside. */

import { atTime, t } from "../../shared/words";
import { mayActOn, retract } from "../acts";
import { afterwards } from "../afterwards";
import { closedReport, closeReport, mute, takeCall, takeReport } from "../leading";
import { atTheDoor } from "../lobby";
import { goneCallers } from "../callers";
import { lines, view } from "../session";
import type { OpenCall, OpenReport } from "../types";
import { callId, closeCall, find, nameOf, type Call } from "../view";
import { AtTheDoor } from "./AtTheDoor";
import { FirstMessages, firstMessages, FirstMessagesWait } from "./FirstMessages";
import { GoneCallers } from "./GoneCallers";
import { HandsUp, handThatWaits } from "./HandsUp";
import { PutAway, useFocusKept, usePutAway } from "./PutAway";
import { sheet } from "./sheets";

const SOMEBODY_IS_WITH_THEM = 1;

function urgency(one: OpenCall | OpenReport): number {
  return one.taken_by === null ? 0 : SOMEBODY_IS_WITH_THEM;
}

export function NeedsYou() {
  const here = view.value;
  const kept = useFocusKept<HTMLElement>();
  if (!here) return null;
  const inOrder = <T extends OpenCall | OpenReport>(all: readonly T[]): T[] =>
    [...all].sort((a, b) => urgency(a) - urgency(b) || a.since - b.since);
  const calls = inOrder(lines.value.calls).filter((one) => one.seat !== here.you.seat);
  const reports = inOrder(lines.value.reports);
  const nothing = calls.length + reports.length + here.calls.length + atTheDoor().length + firstMessages().length + goneCallers.value.length === 0 && handThatWaits() === undefined;
  return (
    <section class="part needs-you" aria-labelledby="needs-title" {...kept}>
      <h2 id="needs-title" tabIndex={-1}>{t("needs-you")}</h2>
      {nothing && <p class="hint">{t("needs-nobody")}</p>}
      <GoneCallers />
      <div role="status" aria-atomic={false}>
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

function Taken({ by, giveBack }: { by: string | null; giveBack: () => unknown }) {
  const here = view.value;
  if (!here) return null;
  if (by === null) return <p class="taken-by not-taken">{t("call-not-taken")}</p>;
  if (by === here.you.seat)
    return (
      <p class="taken-by row">
        <span>{t("call-taken-by-you")}</span>
        <button type="button" class="small-button quiet" onClick={() => void giveBack()}>
          {t("give-back")}
        </button>
      </p>
    );
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
      <Taken by={call.taken_by} giveBack={() => takeCall(call.call, false)} />
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
  const key = `question/${callId(question)}`;
  const { gone, row } = usePutAway<HTMLElement>(key);
  const done = (): void =>
    afterwards(key, () => {
      if (view.value) view.value = closeCall(view.value, callId(question));
    });
  if (gone)
    return (
      <article class="call" {...row}>
        <PutAway of={key} said={t("call-was-done")} within />
      </article>
    );
  return (
    <article class="call" {...row}>
      <h3>{t("call-question")}</h3>
      <time dateTime={new Date(question.at).toISOString()}>{atTime(question.at)}</time>
      <p class="words" dir="auto">
        {question.text}
      </p>
      <p class="row">
        <button type="button" class="small-button quiet" onClick={done}>
          {t("call-done")}
        </button>
      </p>
    </article>
  );
}

function ReportCard({ report }: { report: OpenReport }) {
  const here = view.value;
  const key = closedReport(report.report);
  const { gone, row } = usePutAway<HTMLElement>(key);
  if (!here) return null;
  if (gone)
    return (
      <article class="call report-call" {...row}>
        <PutAway of={key} said={t("report-was-closed")} within />
      </article>
    );
  const there = find(here, report.id);
  const words = lines.value.words[report.report];
  const text = words?.text ?? (there?.kind === "message" && !there.gone ? there.text : undefined);
  const name = nameOf(here, report.about) ?? words?.name ?? there?.name;
  return (
    <article class="call report-call" {...row}>
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
      <Taken by={report.taken_by} giveBack={() => takeReport(report.report, false)} />
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
            <button
              type="button"
              class="small-button danger"
              onClick={() => (sheet.value = { is: "remove", seat: report.about, name, retract: true, ban: true })}
            >
              {t("ban")}
            </button>
          </>
        )}
      </p>
      <p class="row">
        <button type="button" class="small-button" onClick={() => closeReport(report.report, "acted")}>
          {t("report-acted")}
        </button>
        <button type="button" class="small-button quiet" onClick={() => closeReport(report.report, "no_action")}>
          {t("report-no-action")}
        </button>
      </p>
    </article>
  );
}

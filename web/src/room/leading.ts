/** What only those do who lead, moderate or serve: it comes with their tools. */

import { t } from "../shared/words";
import { act, say, tell } from "./acts";
import { afterwards, unlessSeenTo } from "./afterwards";
import { connection } from "./session";
import type { Hat, PollKind, Prompt, Sign } from "./types";

let topics: readonly Prompt[] = [];

export interface Question {
  kind: PollKind;
  question?: string;
  options?: string[];
}

/** Asked in a sheet: a refusal is shown there, and so returned. An empty string is success. */
async function inSheet(event: string, payload: object, done: string, undo?: () => void): Promise<string> {
  const answer = await tell(event, payload);
  if (!answer.ok) return answer.message || t("error-no-answer");
  say(undo ? { text: done, undo } : { text: done });
  return "";
}

export const unmute = (seat: string, name: string) => act("unmute", { seat }, t("unmuted-toast", { name }));
export const mute = (seat: string, name: string) => act("mute", { seat }, t("muted-toast", { name }), () => void unmute(seat, name));
export const toMember = (seat: string, name: string) => act("to_member", { seat }, t("to-member-toast", { name }));
export const appoint = (seat: string, role: "moderator" | "member", name: string) =>
  act("appoint", { seat, role }, t(`appointed-${role}`, { name }), () => void appoint(seat, role === "member" ? "moderator" : "member", name));
export const takeCall = (call: string, take = true) => act("help_take", { call, take });
export const appointHat = (seat: string, hat: Hat, on: boolean) => act("appoint_hat", { seat, hat, on });
export const lock = (on: boolean) => act("lock", { on });
export const lobby = (on: boolean) => act("lobby", { on });
export const firstMessages = (on: boolean) => act("first_messages", { on });
export const answerFirst = (seat: string, id: string, letThrough: boolean) =>
  act("first_answer", { seat, id, let_through: letThrough }, t(letThrough ? "first-through-toast" : "first-back-toast"));
export const slow = (seconds: number) => act("slow", { seconds });
export const closeMeeting = () => act("close", {});

/** In one tap: out, marked, and all of theirs taken back. */
export const banNow = (seat: string, name: string) => remove(seat, name, { ban: true, retract: true, reason: "" }).then((why) => why && say({ text: why, bad: true }));

export const extend = (minutes: number) => act("extend", { minutes });
export const takeReport = (report: string, take = true) => act("report_take", { report, take });
export const closedReport = (report: string): string => `report/${report}`;
export const closeReport = (report: string, outcome: "acted" | "no_action"): void =>
  afterwards(closedReport(report), () => unlessSeenTo("report_close", { report, outcome }, "no_such_report", t("report-closed-toast")));
export const extendShare = (seconds: number) => act("floor", { extend_seconds: seconds });
export const giveSign = (sign: Sign) => act("sign", { sign }, t("sign-given"));
export const moveHand = (seat: string, to: "first" | "last") => act("queue", { seat, to });
export const handDown = (seat: string): string => `hand/${seat}`;
export const putHandDown = (seat: string): void => afterwards(handDown(seat), () => unlessSeenTo("queue", { seat, to: "down" }, "no_such_seat"));
export const extendPart = (seconds: number) => act("agenda", { extend_seconds: seconds });
export const closePoll = (poll: number) => act("poll_close", { poll });
export const clearPoll = (poll: number) => act("poll_clear", { poll });
export const setTopic = (text: string | null) => act("topic", { text });

/** What is read out in a part of the meeting; null where it cannot be had now. */
export async function scriptOf(index: number): Promise<string | null> {
  const answer = await connection.ask<{ script: string }>("script", { index });
  return answer.ok ? answer.script : null;
}

/** What there is to choose a topic from; the same in every meeting. Empty where it cannot be had now. */
export async function prompts(): Promise<readonly Prompt[]> {
  if (topics.length > 0) return topics;
  const answer = await connection.ask<{ prompts: Prompt[] }>("prompts");
  if (answer.ok) topics = answer.prompts;
  return topics;
}

/** Asked in a form: a refusal is shown there, and so returned. An empty string is success. */
export async function startPoll(question: Question): Promise<string> {
  const answer = await connection.ask("poll", question);
  return answer.ok ? "" : answer.message || t("error-no-answer");
}

export const rename = (seat: string, name: string, before: string) =>
  inSheet("rename", { seat, name }, t("renamed-toast"), () => void act("rename", { seat, name: before }, t("renamed-toast")));
export const warn = (seat: string, name: string, text: string) => inSheet("warn", { seat, text }, t("warned-toast", { name }));
export const toListener = (seat: string, name: string, word: string) =>
  inSheet("to_listener", { seat, ...(word ? { word } : {}) }, t("to-listener-toast", { name }), () => void toMember(seat, name));

export async function remove(seat: string, name: string, how: { ban: boolean; retract: boolean; reason: string }): Promise<string> {
  const { reason, ...flags } = how;
  const answer = await tell<{ retracted?: number }>("remove", { seat, ...flags, ...(reason ? { reason } : {}) });
  if (!answer.ok) return answer.message || t("error-no-answer");
  const count = answer.retracted ?? 0;
  say({ text: count > 0 ? t("removed-toast-with", { name, count }) : t("removed-toast", { name }) });
  return "";
}

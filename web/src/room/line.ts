/** Private lines, as this seat has them: its own call for help, and, for those who moderate, everybody's; what is written on each, and among hosts. Pure. */

import { own } from "../shared/words";
import type { EventOf, JoinAnswer, OpenCall, OpenReport, OwnCall, RoomEvent } from "./types";

export interface Written {
  id: string;
  seat: string;
  name: string;
  text: string;
  at: number;
}

export type ReportWords = Omit<EventOf<"report">, "type" | "epoch" | "seq">;

export interface Lines {
  mine: OwnCall | null;
  /** The line that was mine last, after it was closed. */
  last: string;
  calls: readonly OpenCall[];
  reports: readonly OpenReport[];
  /** Of reports that came while this page was there. */
  words: Readonly<Record<string, ReportWords>>;
  written: Readonly<Record<string, readonly Written[]>>;
  hosts: readonly Written[];
  /** With who waits in the lobby, by their seat. Of those who lead none is named: their `seat` is empty. */
  lobby: Readonly<Record<string, readonly Written[]>>;
  /** What came of a report of mine, in a sentence. */
  outcome: string;
}

export const NO_LINES: Lines = { mine: null, last: "", calls: [], reports: [], words: {}, written: {}, hosts: [], lobby: {}, outcome: "" };

/** Coming in, or back: what stands is the room's; what was written here stays. */
export function linesOf(answer: JoinAnswer, before: Lines): Lines {
  const room = answer.room as { call?: OwnCall | null; calls?: OpenCall[]; reports?: OpenReport[] };
  return { ...before, ...standing(room.call ?? null, before), calls: room.calls ?? [], reports: room.reports ?? [] };
}

function standing(mine: OwnCall | null, before: Lines): Pick<Lines, "mine" | "last"> {
  return { mine, last: mine?.call ?? before.mine?.call ?? before.last };
}

export function lined(lines: Lines, event: RoomEvent): Lines {
  switch (event.type) {
    case "your_call":
      return { ...lines, ...standing(event.call, lines) };
    case "help_message":
      return { ...lines, written: { ...lines.written, [event.call]: add(lines.written[event.call] ?? [], event) } };
    case "lobby_message": {
      const { seat, id, text, at, by_host } = event;
      return { ...lines, lobby: { ...lines.lobby, [seat]: add(lines.lobby[seat] ?? [], { id, text, at, seat: by_host ? "" : seat, name: "" }) } };
    }
    case "host_message":
      return { ...lines, hosts: add(lines.hosts, event) };
    case "call": {
      const rest = lines.calls.filter((one) => one.call !== event.call);
      return { ...lines, calls: event.state === "closed" ? rest : [...rest, event] };
    }
    case "report": {
      const rest = lines.reports.filter((one) => one.report !== event.report);
      return { ...lines, reports: [...rest, event], words: { ...lines.words, [event.report]: event } };
    }
    case "report_changed": {
      const rest = lines.reports.filter((one) => one.report !== event.report);
      return { ...lines, reports: event.state === "closed" ? rest : [...rest, event] };
    }
    case "report_outcome":
      return { ...lines, outcome: own(`outcome-${event.outcome}`) ?? event.message };
    case "you":
      if (!event.you.may.includes("hear_calls")) {
        // What is mine stays; the rest is not mine to see any longer.
        const own = lines.mine && lines.written[lines.mine.call];
        return { ...NO_LINES, lobby: lines.lobby, mine: lines.mine, last: lines.last, written: lines.mine && own ? { [lines.mine.call]: own } : {} };
      }
      return { ...lines, calls: event.calls ?? lines.calls, reports: event.reports ?? lines.reports };
    case "room":
    case "lobby":
      return {
        ...lines,
        ...(event.call === undefined ? {} : standing(event.call, lines)),
        ...(event.type === "room" ? { calls: event.calls ?? lines.calls, reports: event.reports ?? lines.reports } : {}),
      };
    case "gap":
      return { ...lines, ...standing(event.room.call ?? null, lines), calls: event.room.calls ?? [], reports: event.room.reports ?? [] };
    default:
      return lines;
  }
}

function add(written: readonly Written[], event: Written): readonly Written[] {
  if (written.some((one) => one.id === event.id)) return written;
  const { id, seat, name, text, at } = event;
  return [...written, { id, seat, name, text, at }];
}

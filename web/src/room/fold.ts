/** Neighbours in the log that are drawn as one: what was taken back, what somebody says whom one has muted for oneself, a share. Pure. */

import type { Entry, Message, Said } from "./log";

export interface Folded {
  kind: "folded";
  what: "taken-back" | "hidden";
  id: string;
  /** Whose they are: of what is hidden, one person's. */
  seat: string;
  name: string;
  count: number;
}

/** `heads`: those who go on speaking after such a line, and are named again. */
export function fold(entries: readonly Entry[], hidden: ReadonlySet<string>): { parts: (Entry | Folded)[]; heads: Set<string> } {
  const parts: (Entry | Folded)[] = [];
  const heads = new Set<string>();
  let run: Said[] = [];
  let what: Folded["what"] | undefined;
  const end = (next?: Entry): void => {
    const first = run[0];
    if (first === undefined || what === undefined) return;
    // One message that was taken back keeps its place and its name.
    if (what === "taken-back" && run.length === 1 && first.kind === "message") parts.push(first);
    else {
      parts.push({ kind: "folded", what, id: first.id, seat: first.seat, name: first.name, count: run.length });
      if (next && (run.length > 1 || what === "hidden")) heads.add(next.id);
    }
    run = [];
  };
  for (const entry of entries) {
    const is = kindOf(entry, hidden);
    if (is !== what || (is === "hidden" && entry.kind !== "mark" && run[0]?.seat !== entry.seat)) end(entry);
    what = is;
    if (is !== undefined && entry.kind !== "mark") run.push(entry);
    else parts.push(entry);
  }
  end();
  return { parts, heads };
}

/** Several messages of one turn with the floor. */
export interface Share {
  kind: "share";
  id: string;
  messages: readonly Message[];
}

export function inShares(parts: readonly (Entry | Folded)[]): (Entry | Folded | Share)[] {
  const all: (Entry | Folded | Share)[] = [];
  let open: Message[] = [];
  for (const part of parts) {
    if (part.kind !== "message" || part.share === 0) {
      open = [];
      all.push(part);
    } else if (open[0]?.share === part.share) {
      open.push(part);
    } else {
      open = [part];
      all.push({ kind: "share", id: part.id, messages: open });
    }
  }
  return all;
}

function kindOf(entry: Entry, hidden: ReadonlySet<string>): Folded["what"] | undefined {
  if (entry.kind === "mark") return undefined;
  if (entry.gone) return "taken-back";
  return hidden.has(entry.seat) ? "hidden" : undefined;
}

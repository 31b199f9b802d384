/**
 * The one file that keeps anything: what a reload of this tab needs, in sessionStorage, a record a room.
 * Never what others said. Gone on leaving, on closing, and with the tab; a removal leaves only that there was one.
 */

import type { Role } from "./types";

export interface Unsent {
  id: string;
  text: string;
  reply_to?: string;
  warning?: string;
}

export interface Kept {
  /** A facilitator's or moderator's key, or an invite, as it came in the link. */
  key?: string;
  token?: string;
  /** Who one is here, or was when the seat was lost: offered again at the door. */
  me?: { name: string; role: Role };
  /** When this tab was last in its seat. */
  left?: number;
  /** Removed or denied: a reload shows that screen again, until the meeting's end. Never the word that came with it. */
  out?: { at: "removed" | "denied"; banned: boolean; until?: number };
  epoch?: string;
  /** The last event received. */
  seq?: number;
  /** What was the last event at some moments of the last minute: [when, seq]. A reload asks for what came since then. */
  lately?: [number, number][];
  /** Who has the floor, and the last event before they had it: what they have said since then can be had however long ago it is. */
  share?: { seat: string; seq: number };
  /** How large the text is, in percent, where it is not as usual. */
  size?: number;
  /** A quiet sound for who moderates was asked for. */
  sound?: boolean;
  /** Seats whose words this tab does not show. */
  hidden?: string[];
  draft?: string;
  warning?: string;
  unsent?: Unsent[];
}

const PREFIX = "room:";
// The server can give back about a minute of what was said.
export const LATELY_MS = 45_000;
const STEP_MS = 5_000;

export function load(slug: string): Kept {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(PREFIX + slug) ?? "{}");
    return typeof value === "object" && value !== null ? (value as Kept) : {};
  } catch {
    return {}; // storage is blocked, or holds something else: the room works without
  }
}

export class Keeper {
  private kept: Kept;
  private due: number | undefined;
  private over = false;
  private closed = false;

  constructor(private readonly slug: string) {
    this.kept = load(slug);
  }

  get now(): Readonly<Kept> {
    return this.kept;
  }

  /** Written a moment later, so that a lively room does not write for every word. A field that is undefined is forgotten. */
  put(change: { [K in keyof Kept]?: Kept[K] | undefined }): void {
    if (this.closed) return;
    this.over = false;
    const merged: Record<string, unknown> = { ...this.kept, ...change };
    for (const [name, value] of Object.entries(merged)) if (value === undefined) delete merged[name];
    this.kept = merged as Kept;
    this.due ??= window.setTimeout(() => this.write(), 200);
  }

  /** Remembers where this seat is, for coming back. `holder`: the seat that has the floor. */
  reached(epoch: string, seq: number, holder: string | null): void {
    const now = Date.now();
    const same = this.kept.epoch === epoch;
    const share = same && this.kept.share?.seat === holder ? this.kept.share : { seat: holder, seq: (same ? this.kept.seq : undefined) ?? seq };
    const lately = (same ? (this.kept.lately ?? []) : []).filter(([at]) => now - at < LATELY_MS);
    const newest = lately[lately.length - 1];
    if (!newest || now - newest[0] > STEP_MS) lately.push([now, seq]);
    this.put({ epoch, seq, lately, share: holder === null ? undefined : { ...share, seat: holder } });
  }

  /** The seat is gone; the key and the words somebody was writing are still theirs. */
  forgetSeat(): void {
    this.put({ token: undefined, epoch: undefined, seq: undefined, lately: undefined, share: undefined, left: undefined });
    this.write();
  }

  /** On the way out in a hurry: whatever still comes in is not kept. */
  eraseForGood(): void {
    this.erase();
    this.closed = true;
  }

  erase(): void {
    this.over = true;
    this.kept = {};
    clearTimeout(this.due);
    this.due = undefined;
    try {
      sessionStorage.removeItem(PREFIX + this.slug);
    } catch {
      // nothing could be kept, so nothing is
    }
  }

  write(): void {
    clearTimeout(this.due);
    this.due = undefined;
    if (this.over) return;
    try {
      if (Object.keys(this.kept).length === 0) sessionStorage.removeItem(PREFIX + this.slug);
      else sessionStorage.setItem(PREFIX + this.slug, JSON.stringify(this.kept));
    } catch {
      // blocked or full: this tab then comes back through the door after a reload
    }
  }
}

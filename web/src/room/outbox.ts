/** What somebody has sent and the room has not shown yet. Words are never lost: they wait, or they come back to their writer. */

import { signal } from "@preact/signals";
import { t } from "../shared/words";
import type { Unsent } from "./keep";
import type { Answer, Refusal } from "./types";

// Everything else that may go later goes by itself. These are a moderator's word, or what everybody has already: it goes when its writer says so.
const NOT_BY_ITSELF = new Set(["muted", "frozen", "repeated"]);
// Said at another moment it would be something else: these words go back to their writer.
const GOES_BACK = new Set(["not_your_turn", "silence"]);
// With those who lead, who read a first message first: it is asked for again until they have answered.
const WITH_OTHERS = "first_message";
const NO_SEAT = new Set(["offline", "not_joined", "no_answer"]);

export interface Outgoing extends Unsent {
  state: "pending" | "failed";
  why?: string;
  /** When trying again can succeed. */
  after?: number;
}

type Send = (message: Unsent) => Promise<Answer<{ seq: number }>>;

export class Outbox {
  readonly items = signal<readonly Outgoing[]>([]);
  private sending = false;
  private wake: (atOnce?: boolean) => void = () => {};

  constructor(
    private readonly send: Send,
    private readonly keep: (unsent: Unsent[] | undefined) => void,
    private readonly back: (items: readonly Outgoing[], why: string) => void,
  ) {}

  restore(unsent: readonly Unsent[]): void {
    this.set(unsent.map((message) => ({ ...message, state: "pending" })));
  }

  add(message: Omit<Unsent, "id">): void {
    this.set([...this.items.value, { ...message, id: newId(), state: "pending" }]);
    void this.sendAll();
  }

  /** After going in or coming back: in order, with the same ids, so that nothing is said twice. */
  flush(): void {
    void this.sendAll();
  }

  retry(id: string): void {
    this.change(id, { state: "pending", why: undefined, after: undefined });
    void this.sendAll();
  }

  /** It is in the log, or its writer took it back. */
  drop(id: string): void {
    if (!this.items.value.some((item) => item.id === id)) return;
    this.set(this.items.value.filter((item) => item.id !== id));
    this.wake();
  }

  /** When all that waits has gone out, or after a while. */
  async settled(withinMs: number): Promise<void> {
    await new Promise<void>((over) => {
      let stop = (): void => {};
      const end = (): void => {
        clearTimeout(timer);
        queueMicrotask(() => stop());
        over();
      };
      const timer = setTimeout(end, withinMs);
      stop = this.items.subscribe((items) => {
        if (!items.some((item) => item.state === "pending")) end();
      });
    });
  }

  /** What waits need not wait any longer. */
  goOn(): void {
    this.wake(true);
  }

  /** This one, if it waits, is not to be said: it goes back to its writer, with what was to follow it. */
  sendBack(id: string): boolean {
    const waits = this.items.value.some((item) => item.id === id);
    if (waits) {
      this.giveBack("");
      this.wake();
    }
    return waits;
  }

  /** Takes everything out: the words go back to their writer, or nowhere. */
  empty(): readonly Outgoing[] {
    const items = this.items.value;
    this.set([]);
    this.wake();
    return items;
  }

  /** One at a time, in the order in which they were written: the next goes when the one before has its answer. */
  private async sendAll(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    try {
      for (;;) {
        const item = this.items.value.find((one) => one.state === "pending");
        if (!item) return;
        const { state: _state, why: _why, after: _after, ...message } = item;
        const answer = await this.send(message);
        if (answer.ok) this.drop(item.id);
        else if (NO_SEAT.has(answer.code)) return; // they go out by themselves, with the same ids, when this seat is back
        else if (GOES_BACK.has(answer.code)) this.giveBack(answer.message);
        else if (answer.retry_after_ms === undefined || NOT_BY_ITSELF.has(answer.code)) this.fail(item.id, answer);
        else await this.later(item.id, answer.retry_after_ms, answer.code === WITH_OTHERS ? answer.message : undefined);
      }
    } finally {
      this.sending = false;
    }
  }

  /** All that has not been tried as well: nothing is to be said before what came before it. */
  private giveBack(why: string): void {
    const back = this.items.value.filter((item) => item.state === "pending");
    this.set(this.items.value.filter((item) => item.state !== "pending"));
    this.back(back, why);
  }

  private fail(id: string, { message, retry_after_ms }: Refusal): void {
    const after = retry_after_ms === undefined ? undefined : Date.now() + retry_after_ms;
    this.change(id, { state: "failed", why: message || t("error-no-answer"), after });
  }

  /** Waits at the head of the queue, so that nothing overtakes it. Ends early when its writer takes something out. */
  private async later(id: string, ms: number, why?: string): Promise<void> {
    this.change(id, { after: Date.now() + ms, why });
    await new Promise<void>((over) => {
      const timer = setTimeout(over, ms);
      this.wake = (atOnce = false) => {
        if (!atOnce && this.items.value.some((item) => item.id === id)) return;
        clearTimeout(timer);
        over();
      };
    });
    this.wake = () => {};
    this.change(id, { after: undefined });
  }

  private change(id: string, change: { [K in keyof Outgoing]?: Outgoing[K] | undefined }): void {
    this.set(this.items.value.map((item) => (item.id === id ? ({ ...item, ...change } as Outgoing) : item)));
  }

  private set(items: readonly Outgoing[]): void {
    this.items.value = items;
    this.keep(items.length === 0 ? undefined : items.map(({ state: _s, why: _w, after: _a, ...message }) => message));
  }
}

export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return Array.from(bytes, (byte) => byte.toString(36).padStart(2, "0")).join("");
}

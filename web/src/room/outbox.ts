/** What somebody has sent and the room has not shown yet. Words are never lost: they wait, or they come back to their writer. */

import { signal } from "@preact/signals";
import { t } from "../shared/words";
import type { Unsent } from "./keep";
import type { Answer } from "./types";

const SENT_AGAIN = 4;

export interface Outgoing extends Unsent {
  state: "pending" | "failed";
  why?: string;
  /** When trying again can succeed. */
  after?: number;
  tries: number;
}

type Send = (message: Unsent) => Promise<Answer<{ seq: number }>>;

export class Outbox {
  readonly items = signal<readonly Outgoing[]>([]);

  constructor(
    private readonly send: Send,
    private readonly keep: (unsent: Unsent[] | undefined) => void,
  ) {}

  restore(unsent: readonly Unsent[]): void {
    this.set(unsent.map((message) => ({ ...message, state: "pending", tries: 0 })));
  }

  add(message: Omit<Unsent, "id">): void {
    const item: Outgoing = { ...message, id: newId(), state: "pending", tries: 0 };
    this.set([...this.items.value, item]);
    void this.attempt(item.id);
  }

  /** After going in or coming back: in order, with the same ids, so that nothing is said twice. */
  flush(): void {
    for (const item of this.items.value) if (item.state === "pending") void this.attempt(item.id);
  }

  retry(id: string): void {
    this.change(id, { state: "pending", why: undefined, after: undefined, tries: 0 });
    void this.attempt(id);
  }

  /** It is in the log, or its writer took it back. */
  drop(id: string): void {
    if (this.items.value.some((item) => item.id === id)) this.set(this.items.value.filter((item) => item.id !== id));
  }

  clear(): void {
    this.set([]);
  }

  private async attempt(id: string): Promise<void> {
    const item = this.items.value.find((one) => one.id === id);
    if (!item || item.state !== "pending") return;
    const { state: _state, why: _why, after: _after, tries, ...message } = item;
    const answer = await this.send(message);
    if (answer.ok || answer.code === "offline" || answer.code === "not_joined") {
      if (answer.ok) this.drop(id);
      return; // otherwise it goes out by itself when this seat is back
    }
    if (answer.code === "too_fast" && tries < SENT_AGAIN) {
      this.change(id, { tries: tries + 1 });
      setTimeout(() => void this.attempt(id), answer.retry_after_ms ?? 1_000);
      return;
    }
    if (answer.code === "no_answer") return; // the connection starts anew, and it goes out again with the same id
    const after = answer.retry_after_ms === undefined ? undefined : Date.now() + answer.retry_after_ms;
    this.change(id, { state: "failed", why: answer.message || t("error-no-answer"), after });
  }

  private change(id: string, change: { [K in keyof Outgoing]?: Outgoing[K] | undefined }): void {
    this.set(this.items.value.map((item) => (item.id === id ? ({ ...item, ...change } as Outgoing) : item)));
  }

  private set(items: readonly Outgoing[]): void {
    this.items.value = items;
    this.keep(items.length === 0 ? undefined : items.map(({ state: _s, why: _w, after: _a, tries: _t, ...message }) => message));
  }
}

function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return Array.from(bytes, (byte) => byte.toString(36).padStart(2, "0")).join("");
}

/** One socket: asks with an answer in every case, comes back by itself with growing pauses, and says in one word how it is. */

import { signal } from "@preact/signals";
import { io, type Socket } from "socket.io-client";
import { own, t } from "../shared/words";
import type { Answer, RoomEvent } from "./types";

export type Wire = "connecting" | "up" | "lost" | "stopped";

const ANSWER_WITHIN_MS = 10_000;
const FIRST_PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 10_000;
const ENDED = 1000; // the server said goodbye, and meant it

interface Listener {
  up(): void;
  down(): void;
  event(event: RoomEvent): void;
  /** The server ended this connection on purpose. */
  ended(): void;
}

export class Connection {
  readonly wire = signal<Wire>("connecting");
  private readonly socket: Socket;
  private attempts = 0;
  private timer: number | undefined;
  /** The worker goes away: whatever closes the line next is not meant for us. */
  private moving = false;

  constructor(private readonly listener: Listener) {
    this.socket = io({ transports: ["websocket"], reconnection: false, autoConnect: false, timeout: 10_000 });
    this.socket.on("connect", () => {
      this.attempts = 0;
      this.moving = false;
      clearTimeout(this.timer);
      this.timer = undefined;
      this.wire.value = "up";
      listener.up();
    });
    this.socket.on("connect_error", () => this.later());
    this.socket.on("disconnect", (reason, details) => this.dropped(reason, details));
    this.socket.on("event", (event: RoomEvent) => listener.event(event));
    this.socket.on("move", (order: { within_ms: number } | undefined) => this.move(order?.within_ms ?? 0));
    addEventListener("online", () => this.now());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.now();
    });
  }

  start(): void {
    this.wire.value = "connecting";
    this.socket.connect();
  }

  /** For good: whoever was removed, or has left, does not come back by themselves. */
  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.wire.value = "stopped";
    this.socket.disconnect();
  }

  get up(): boolean {
    return this.socket.connected;
  }

  /** Fire and forget: for leaving in a hurry. */
  tell(event: string): void {
    if (this.socket.connected) this.socket.emit(event, {});
  }

  async ask<T>(event: string, payload: object = {}, withinMs = ANSWER_WITHIN_MS): Promise<Answer<T>> {
    if (!this.socket.connected) return { ok: false, code: "offline", message: t("error-offline") };
    let answer: Answer<T>;
    try {
      answer = (await this.socket.timeout(withinMs).emitWithAck(event, payload)) as Answer<T>;
    } catch {
      // A line that stalls silently looks alive for a long time. Better to start a new one.
      if (this.socket.connected) this.socket.io.engine.close();
      return { ok: false, code: "no_answer", message: t("error-no-answer") };
    }
    return answer.ok ? answer : { ...answer, message: own(`refused-${answer.code}`) ?? answer.message };
  }

  private dropped(reason: string, details: unknown): void {
    if (this.wire.value === "stopped") return;
    this.listener.down();
    if (reason === "io client disconnect") return; // we move on, and connect at once
    if (this.moving) return this.later();
    if (reason === "io server disconnect" || closeCode(details) === ENDED) {
      this.wire.value = "stopped";
      this.listener.ended();
      return;
    }
    this.later();
  }

  private later(): void {
    if (this.wire.value === "stopped") return;
    this.wire.value = "lost";
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.attempts) * (0.5 + Math.random());
    this.attempts += 1;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.timer = undefined;
      this.socket.connect();
    }, pause);
  }

  /** The line is back, or somebody looks at the page again: no need to wait for the next turn. */
  private now(): void {
    if (this.timer === undefined || this.wire.value === "stopped") return;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.attempts = 0;
    this.socket.connect();
  }

  private move(withinMs: number): void {
    this.moving = true;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(
      () => {
        this.timer = undefined;
        if (!this.socket.connected) return;
        this.socket.disconnect();
        this.socket.connect(); // to the next worker. Nobody needs to hear of it, unless it takes long
      },
      Math.random() * withinMs * 0.7, // not all at once
    );
  }
}

function closeCode(details: unknown): number | undefined {
  const context = (details as { context?: { code?: unknown } } | undefined)?.context;
  return typeof context?.code === "number" ? context.code : undefined;
}

/** Why nothing can be said now. */

import { useComputed } from "@preact/signals";
import { atDayTime, t } from "../../shared/words";
import { view } from "../session";
import { now, secondsUntil } from "./clock";
import { whyNotMyTurn } from "./Turns";

export interface Why {
  /** Without words where something can be said. */
  text: string;
  /** It waits for a turn: nothing is wrong, and the typed commands can be sent. */
  turn?: boolean;
  until?: number;
  longest?: number;
}

/** `replyTo`: the message that it would answer, if any. */
export function useWhy(replyTo: string | null): Why {
  const why = useComputed(() => {
    const here = view.value;
    if (!here) return "";
    const { you, room } = here;
    if (!you.may.includes("post")) return t("box-why-listener");
    if (room.seats.some((seat) => seat.seat === you.seat && seat.muted)) {
      return here.mutedUntil ? t("box-why-muted-until", { time: atDayTime(here.mutedUntil) }) : t("box-why-muted");
    }
    if (room.frozen && !you.may.includes("post_in_freeze")) return t("box-why-frozen");
    if (room.slow_seconds > 0 && !you.may.includes("unhurried")) {
      let last = 0;
      for (const entry of here.log) if (entry.kind !== "mark" && entry.seat === you.seat) last = entry.at;
      const wait = last + room.slow_seconds * 1_000;
      if (last > 0 && wait > now.value) return t("box-why-slow", { seconds: secondsUntil(wait) });
    }
    return "";
  }).value;
  const here = view.value;
  if (why || !here) return { text: why };
  const turn = whyNotMyTurn(here, replyTo);
  return turn.text ? { ...turn, turn: true } : turn;
}

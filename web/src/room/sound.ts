/** A quiet sound for those who moderate, if they ask for it: two soft notes made here, nothing fetched. */

import { effect, signal } from "@preact/signals";
import { firsts } from "./firsts";
import { keeper, lines, view } from "./session";

const NOTES = [523.25, 659.25]; // C5, E5
const LOUD = 0.06;
const LONG_S = 0.35;

export const sound = signal(keeper.now.sound === true);
let context: AudioContext | null = null;

export function setSound(on: boolean): void {
  sound.value = on;
  keeper.put({ sound: on || undefined });
  if (on) ring(); // so that one knows what to expect
}

function ring(): void {
  context ??= new AudioContext();
  const { currentTime, destination } = context;
  void context.resume();
  NOTES.forEach((frequency, at) => {
    if (!context) return;
    const [note, loudness] = [context.createOscillator(), context.createGain()];
    const from = currentTime + at * LONG_S * 0.6;
    note.frequency.value = frequency;
    loudness.gain.setValueAtTime(0, from);
    loudness.gain.linearRampToValueAtTime(LOUD, from + 0.03);
    loudness.gain.exponentialRampToValueAtTime(0.0001, from + LONG_S);
    note.connect(loudness).connect(destination);
    note.start(from);
    note.stop(from + LONG_S);
  });
}

let before = waiting();

/** Who and what waits for somebody who moderates. */
function waiting(): ReadonlySet<string> {
  const open = [...lines.value.calls, ...lines.value.reports].filter((one) => one.taken_by === null);
  const ids = open.map((one) => ("call" in one ? one.call : one.report));
  const here = view.value;
  const first = firsts.value.map((one) => `${one.seat}.${one.id}`); // told again while it waits, and heard once
  return new Set([...ids, ...first, ...(here?.waiting ?? []).map((one) => one.seat), ...(here?.calls ?? []).map((one) => one.question)]);
}

effect(() => {
  const now = waiting();
  const came = [...now].some((one) => !before.has(one));
  before = now;
  if (came && sound.peek()) ring();
});

/** Which sheet or panel is open. One at a time. */

import { signal } from "@preact/signals";

export type OpenSheet =
  | { is: "message"; id: string; beside: DOMRect }
  | { is: "person"; seat: string; name: string; beside: DOMRect }
  | { is: "remove"; seat: string; name: string; retract: boolean; ban: boolean }
  | { is: "warn"; seat: string; name: string }
  | { is: "listener"; seat: string; name: string }
  | { is: "hats"; seat: string; name: string }
  | { is: "rename"; seat: string; name: string }
  | { is: "report"; id: string }
  | { is: "help" }
  | { is: "line"; call: string; name: string }
  | { is: "question" }
  | { is: "about" }
  | { is: "milestone" }
  | { is: "comfort" }
  | { is: "breathe" }
  | { is: "leave" }
  | { is: "close" };

export const sheet = signal<OpenSheet | null>(null);
/** What has come on my private line and was not looked at. */
export const unread = signal(0);
/** On a narrow page the side panel lies over the room, one part of it at a time. */
export const panel = signal<"people" | "tools" | "run" | null>(null);
/** Somebody with a keyboard, most likely; on a phone, a focus would bring one up over the room. */
export const byKeyboard = matchMedia("(hover: hover) and (pointer: fine)");

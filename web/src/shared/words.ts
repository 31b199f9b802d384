/** Every sentence of the page, by Fluent. What comes from people is isolated, so that it cannot turn a sentence around. */

import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import source from "../../locales/en.ftl?raw";

const LANGUAGE = "en";
const bundle = new FluentBundle(LANGUAGE);
bundle.addResource(new FluentResource(source));

export function t(id: string, values?: Record<string, FluentVariable>): string {
  const message = bundle.getMessage(id);
  if (!message?.value) return id;
  return bundle.formatPattern(message.value, values ?? null, []);
}


const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });

export function atTime(at: number): string {
  return clock.format(at);
}

const clockAndDay = new Intl.DateTimeFormat(undefined, { weekday: "long", hour: "numeric", minute: "2-digit" });

/** With the day of the week where it is not today. */
export function atDayTime(at: number): string {
  return new Date(at).toDateString() === new Date().toDateString() ? clock.format(at) : clockAndDay.format(at);
}

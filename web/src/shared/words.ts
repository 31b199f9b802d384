/** Every sentence of the page, by Fluent. What comes from people is isolated, so that it cannot turn a sentence around. */

import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import source from "../../locales/en.ftl?raw";

const LANGUAGE = "en";
const bundle = new FluentBundle(LANGUAGE);
say(source);

/** More sentences, that come with a script of its own. */
export function say(sentences: string): void {
  bundle.addResource(new FluentResource(sentences));
}

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

const date = { weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit" } as const;
const clockAndDate = new Intl.DateTimeFormat(undefined, date);

/** With the date where it is not today. */
export function atDate(at: number): string {
  return new Date(at).toDateString() === new Date().toDateString() ? clock.format(at) : clockAndDate.format(at);
}

/** The same moment by the clocks of a zone, and where that is; without words where they show what ours do, or we do not know them. */
export function elsewhere(at: number, zone: string): string {
  try {
    const there = new Intl.DateTimeFormat(undefined, { ...date, timeZone: zone });
    if (there.format(at) === clockAndDate.format(at)) return "";
    const same = (timeZone?: string): string => new Intl.DateTimeFormat("en", { timeZone, dateStyle: "short" }).format(at);
    const shown = same(zone) === same() ? new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit", timeZone: zone }) : there;
    return t("when-elsewhere", { time: shown.format(at), place: (zone.split("/").pop() ?? zone).replaceAll("_", " ") });
  } catch {
    return "";
  }
}

/** With the day of the week where it is not today. */
export function atDayTime(at: number): string {
  return new Date(at).toDateString() === new Date().toDateString() ? clock.format(at) : clockAndDay.format(at);
}

/** Every sentence of the page, by Fluent. What comes from people is isolated, so that it cannot turn a sentence around. */

import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { batch, signal } from "@preact/signals";
import { HIDDEN, LOCALES } from "virtual:locales";
import { byWhichClock, regional } from "./language";

const ENGLISH = "en";

/** Those that people are offered, by the names that they have in themselves. */
export const LANGUAGES = Object.entries(LOCALES)
  .filter(([tag]) => tag !== HIDDEN)
  .map(([tag, { name, dir }]) => ({ tag, name, dir }));

/** The one that the page speaks. The server has chosen it (`?lang=`, or what the browser asks for). */
export const language = signal(ENGLISH);
const bundle = signal(new FluentBundle(ENGLISH));

let wanted = document.documentElement.lang in LOCALES ? document.documentElement.lang : ENGLISH;
/** Sentences come with the script that says them: its first, what opens over the room, and the tools of who leads (vite.config.ts). */
export type Part = "first" | "sheets" | "hosts";
const parts = new Set<Part>(["first"]);

/** Fetches the sentences that are needed now, and speaks that language from then on. Whatever is drawn with sentences is drawn again. */
async function bring(): Promise<void> {
  const [tag, needed] = [wanted, [...parts]];
  const locale = LOCALES[tag];
  if (!locale) return;
  const sources = await Promise.all(needed.map((part) => fetched(tag, part, locale[part])));
  if (tag !== wanted || needed.length !== parts.size) return bring(); // meanwhile something else is needed
  const spoken = new FluentBundle(regional(tag));
  for (const source of sources) spoken.addResource(new FluentResource(source));
  document.documentElement.lang = tag;
  document.documentElement.dir = locale.dir;
  batch(() => {
    language.value = tag;
    bundle.value = spoken;
  });
}

const had = new Map<string, string>();

async function fetched(tag: string, part: Part, ask: () => Promise<{ default: string }>): Promise<string> {
  const source = had.get(tag + part) ?? (await ask()).default;
  had.set(tag + part, source);
  return source;
}

/** What the page says at first, in its language. Rejects where it could not be fetched. */
export async function speak(tag = wanted): Promise<void> {
  const before = wanted;
  wanted = tag;
  try {
    await bring();
  } catch (fault) {
    wanted = before; // or the scripts that come later wait for it as well
    throw fault;
  }
}

/** And what a part says that comes later: a sentence of two parts stands with that which everybody gets. */
export function speakMore(part: Part): Promise<void> {
  parts.add("sheets");
  parts.add(part);
  return bring();
}

export function t(id: string, values?: Record<string, FluentVariable>): string {
  return own(id, values) ?? id;
}

/** For what the server says in English: the same in the page's language, where it has it. */
export function own(id: string, values?: Record<string, FluentVariable>): string | undefined {
  const message = bundle.value.getMessage(id);
  return message?.value ? bundle.value.formatPattern(message.value, values ?? null, []) : undefined;
}

/** Of a country or a language, as the page's language calls it, where the browser knows. */
export function nameOf(type: "region" | "language", code: string): string | undefined {
  try {
    return new Intl.DisplayNames(language.value, { type }).of(code);
  } catch {
    return undefined; // an older browser, or no such thing
  }
}

const DATE = { weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit" } as const;
const DAY = { weekday: "long", hour: "numeric", minute: "2-digit" } as const;
const CLOCK = { hour: "numeric", minute: "2-digit" } as const;

const made = new Map<string, Intl.DateTimeFormat>(); // to make one takes longer than to use it

function written(how: Intl.DateTimeFormatOptions, at: number): string {
  const key = JSON.stringify([language.value, how]);
  const format = made.get(key) ?? new Intl.DateTimeFormat(regional(language.value), how);
  made.set(key, format);
  return format.format(at);
}

function isToday(at: number): boolean {
  return new Date(at).toDateString() === new Date().toDateString();
}

export function atTime(at: number): string {
  return written(CLOCK, at);
}

/** With the date where it is not today. */
export function atDate(at: number): string {
  return written({ ...(isToday(at) ? CLOCK : DATE), ...byWhichClock }, at);
}

/** With the day of the week where it is not today. */
export function atDayTime(at: number): string {
  return written({ ...(isToday(at) ? CLOCK : DAY), ...byWhichClock }, at);
}

/** The same moment by the clocks of a zone, and where that is; without words where they show what ours do, or we do not know them. */
export function elsewhere(at: number, timeZone: string): string {
  try {
    const there = written({ ...DATE, timeZone }, at);
    if (there === written(DATE, at)) return "";
    const same = (zone?: string): string => new Intl.DateTimeFormat(ENGLISH, { timeZone: zone, dateStyle: "short" }).format(at);
    const time = same(timeZone) === same() ? written({ ...CLOCK, timeZone }, at) : there;
    return t("when-elsewhere", { time, place: (timeZone.split("/").pop() ?? timeZone).replaceAll("_", " ") });
  } catch {
    return "";
  }
}

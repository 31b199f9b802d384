/** Helplines, loaded once with the page: at the moment of need nothing is asked of anybody. The country is guessed and chosen in this tab alone. */

import { signal } from "@preact/signals";
import { clockIsHidden } from "../shared/language";

export interface Helpline {
  kind: "emergency" | "crisis" | "addiction";
  name: string;
  contact: string;
  channel: "call" | "text" | "chat";
  hours: string | null;
  language: string[];
  official: boolean;
  old: boolean;
}

export interface Country {
  country: string;
  name: string;
  zones: string[];
  helplines: Helpline[];
}

const AGAIN_MS = 20_000;
const TRIES = 5;

export const countries = signal<readonly Country[] | null>(null);
/** Its two letters; empty: not known, and then no country's numbers are shown. */
export const chosen = signal("");

/** By their digits: these tell of nobody. */
export function helplineNumbers(): ReadonlySet<string> {
  return new Set((countries.value ?? []).flatMap((one) => one.helplines.map((line) => line.contact.replace(/\D/g, ""))));
}

export async function preload(tries = TRIES): Promise<void> {
  try {
    const answer = await fetch("/helplines.json", { credentials: "omit" });
    const told = (await answer.json()) as { countries: Country[] };
    countries.value = told.countries;
    if (chosen.value === "") chosen.value = guess(told.countries);
  } catch {
    if (tries > 1) setTimeout(() => void preload(tries - 1), AGAIN_MS);
  }
}

/**
 * By the clock of this device, which says a place; else by the region of the language. Not by one that says the United States:
 * that is what browsers say that were told nothing, and whoever hides behind Tor.
 */
function guess(known: readonly Country[]): string {
  const zone = clockIsHidden ? "" : Intl.DateTimeFormat().resolvedOptions().timeZone;
  const byClock = known.find((one) => one.zones.includes(zone));
  if (byClock) return byClock.country;
  if (zone && !/^(Etc\/|UTC|GMT)/.test(zone)) return ""; // a place of which we have no numbers
  const region = /-([A-Z]{2})$/.exec(navigator.language)?.[1] ?? "";
  return region !== "US" && known.some((one) => one.country === region) ? region : "";
}

/** How the page's language writes times and numbers, and by which clock. */

/** Tor Browser tells pages Iceland's clock, which is UTC's, wherever somebody is. */
export const clockIsHidden = Intl.DateTimeFormat().resolvedOptions().timeZone === "Atlantic/Reykjavik";
/** For times to be there by: whoever does not know by which clock they are told comes hours late. */
export const byWhichClock: Intl.DateTimeFormatOptions = clockIsHidden ? { timeZoneName: "short" } : {};

/**
 * The language with the reader's own region, if the browser names one. Digits and calendar are the same in all languages: clocks that count down, telephone
 * numbers and the times that the server writes stand beside them.
 */
export function regional(language: string): string {
  const base = (tag: string): string => tag.toLowerCase().split("-")[0] ?? "";
  const asHere = (tag: string): string => new Intl.Locale(tag, { numberingSystem: "latn", calendar: "gregory" }).toString();
  const own = navigator.languages.find((tag) => base(tag) === base(language));
  try {
    return asHere(own ?? language);
  } catch {
    return asHere(language); // some systems name themselves in ways that are no tags, like en-US@posix
  }
}

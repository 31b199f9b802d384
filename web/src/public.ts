/** The server's own pages read well without this. It tells times as the reader's clock has them, and leaves in a hurry. */

import "./styles/public.css";
import { byWhichClock, regional } from "./shared/language";
import { quickExit, watchForShift } from "./shared/leave";

watchForShift();

for (const button of document.querySelectorAll<HTMLAnchorElement>("a.exit")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    quickExit();
  });
}

// A key for a whole group comes to the group's page: it goes on to whichever room is chosen, or to the page in another language, and out of the address bar.
const key = new URLSearchParams(location.hash.slice(1)).get("key");
if (key !== null) {
  history.replaceState(null, "", location.pathname + location.search);
  for (const onward of document.querySelectorAll<HTMLAnchorElement>('a.button[href^="/r/"], .languages a')) onward.hash = `key=${encodeURIComponent(key)}`;
  document.querySelector("[data-with-key]")?.removeAttribute("hidden");
}

for (const element of document.querySelectorAll<HTMLElement>("[data-language]")) {
  try {
    const names = new Intl.DisplayNames(document.documentElement.lang, { type: "language" });
    element.textContent = names.of(element.dataset.language ?? "") ?? element.textContent;
  } catch {
    // a browser that knows no names of languages, or a language without one: its letters stand there
  }
}

const locale = regional(document.documentElement.lang);
const clock = { hour: "numeric", minute: "2-digit", ...byWhichClock } as const;
const withDay = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", ...clock });
const sameDay = new Intl.DateTimeFormat(locale, clock);
const anotherDay = new Intl.DateTimeFormat(locale, { weekday: "long", ...clock });

for (const element of document.querySelectorAll<HTMLTimeElement>("time[data-local]")) {
  const at = new Date(element.dateTime);
  if (Number.isNaN(at.getTime())) continue;
  element.title = element.textContent ?? "";
  const today = at.toDateString() === new Date().toDateString();
  element.textContent = (element.dataset.local === "day" ? withDay : today ? sameDay : anotherDay).format(at);
}

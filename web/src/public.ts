/** The server's own pages read well without this. It tells times as the reader's clock has them, and leaves in a hurry. */

import "./styles/public.css";
import { quickExit, watchForShift } from "./shared/leave";

watchForShift();

for (const button of document.querySelectorAll<HTMLAnchorElement>("a.exit")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    quickExit();
  });
}

const withDay = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit" });
const sameDay = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const anotherDay = new Intl.DateTimeFormat(undefined, { weekday: "long", hour: "numeric", minute: "2-digit" });

for (const element of document.querySelectorAll<HTMLTimeElement>("time[data-local]")) {
  const at = new Date(element.dateTime);
  if (Number.isNaN(at.getTime())) continue;
  element.title = element.textContent ?? "";
  const today = at.toDateString() === new Date().toDateString();
  element.textContent = (element.dataset.local === "day" ? withDay : today ? sameDay : anotherDay).format(at);
}

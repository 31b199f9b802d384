// Reads calendars with ical.js. In: {name: {text, after, before (ms since 1970)}}; out: for each name what begins in that time,
// as {start (ms), seconds, summary}.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const files = JSON.parse(readFileSync(0, "utf-8"));
const milliseconds = (time) => time.toUnixTime() * 1000;

function read({ text, after, before }) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const found = [];
  // The end is not asked for: ical.js adds hours to what the clock shows, and RFC 5545, 3.3.6 has them exact.
  const add = (item, start) => found.push({ start: milliseconds(start), seconds: item.duration.toSeconds(), summary: item.summary });
  const events = calendar.getAllSubcomponents("vevent").map((each) => new ICAL.Event(each));
  for (const event of events.filter((each) => !each.isRecurrenceException())) {
    if (!event.isRecurring()) {
      add(event, event.startDate);
      continue;
    }
    for (const other of events.filter((each) => each.isRecurrenceException() && each.uid === event.uid)) event.relateException(other);
    const iterator = event.iterator();
    for (let next = iterator.next(); next && milliseconds(next) < before + 40 * 86_400_000; next = iterator.next()) {
      const one = event.getOccurrenceDetails(next);
      add(one.item, one.startDate);
    }
  }
  return found.filter((one) => one.start >= after && one.start < before).sort((a, b) => a.start - b.start);
}

console.log(JSON.stringify(Object.fromEntries(Object.entries(files).map(([name, file]) => [name, read(file)]))));

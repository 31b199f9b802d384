// Reads zones with ical.js. In: {texts: {name: VTIMEZONE}, times: {name: [local times]}}; out: {name: [seconds ahead of UTC then]}.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const { texts, times } = JSON.parse(readFileSync(0, "utf-8"));
const offsets = (name) => {
  const zone = new ICAL.Timezone(new ICAL.Component(ICAL.parse(texts[name])));
  return times[name].map((local) => zone.utcOffset(ICAL.Time.fromDateTimeString(local)));
};
console.log(JSON.stringify(Object.fromEntries(Object.keys(texts).map((name) => [name, offsets(name)]))));

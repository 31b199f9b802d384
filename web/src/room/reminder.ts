/** A person's own words as a calendar file (RFC 5545), made here and sent nowhere. Pure: clock and chance come in. */

const LONGEST_LINE = 75; // octets, without the end of the line
const ALMOST_A_WEEK_MS = 6.5 * 86_400_000;

export interface Reminder {
  /** Neutral: calendars are seen by others. */
  title: string;
  words: string;
  at: Date;
  now: Date;
  uid: string;
  /** Whether `at` is what the clock on the wall shows there. Else it is told as a moment, which the calendar puts into its own time. */
  byTheWall: boolean;
}

/** About a week from now, at the time of day at which the meeting began, by the clock on the wall. */
export function aWeekLater(began: Date, now: Date): Date {
  const day = new Date(began);
  while (day.getTime() <= now.getTime() + ALMOST_A_WEEK_MS) day.setDate(day.getDate() + 1);
  return day;
}

export function calendarFile({ title, words, at, now, uid, byTheWall }: Reminder): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//reminder//EN",
    "BEGIN:VEVENT",
    `UID:${uid}`,
    `DTSTAMP:${stamp(now.toISOString())}Z`,
    `DTSTART:${byTheWall ? local(at) : `${stamp(at.toISOString())}Z`}`, // floating: seven in the evening is that in every time zone
    "DURATION:PT15M",
    "CLASS:PRIVATE",
    "TRANSP:TRANSPARENT",
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(words)}`,
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

function escaped(text: string): string {
  return text
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replace(/\r\n?|\n/g, "\\n")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, ""); // control characters have no place in a calendar
}

/** In pieces of at most 75 octets of UTF-8, no character broken. */
function folded(line: string): string {
  const pieces: string[] = [];
  let piece = "";
  let length = 0;
  for (const letter of line) {
    const octets = new TextEncoder().encode(letter).length;
    if (length + octets > LONGEST_LINE) {
      pieces.push(piece);
      piece = " "; // what marks the next line as the rest of this one counts, too
      length = 1;
    }
    piece += letter;
    length += octets;
  }
  return [...pieces, piece].join("\r\n");
}

function local(at: Date): string {
  return stamp(new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString());
}

function stamp(iso: string): string {
  return iso.slice(0, 19).replace(/[-:]/g, "");
}

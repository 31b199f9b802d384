/**
 * What in somebody's words may tell who they are. Looked for in this tab alone, before the words leave it. Pure.
 * It only asks, so it may miss something, and be wrong; it must not be wrong so often that nobody reads it any more.
 */

export type Telling = "email" | "phone" | "handle" | "address" | "name";

export interface Found {
  kind: Telling;
  /** The words themselves. */
  what: string;
}

const EMAIL = /[^\s@<>]+@[^\s@<>]+\.\p{L}{2,}/u;
const DIGITS = /\+?\(?\d[\d\s().\/-]{5,}\d/g;
const DATE = /^(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4})$/;
const YEARS = /^(?:19|20)\d\d\s?[-/]\s?(?:19|20)\d\d$/;
const FEWEST_DIGITS = 7;
const MOST_DIGITS = 15;
const AT = /(?:^|[\s(])(@[\p{L}\d_][\p{L}\d_.]{1,})/u;
const ACCOUNT =
  /\b(?:insta(?:gram)?|snap(?:chat)?|telegram|whatsapp|discord|tiktok|facebook|skype|kik)(?:\s+(?:name|handle|account|id))?\s*(?:is|es|:|=|->|at)\s*@?[\p{L}\d_.#-]{3,}/iu;
const TAG = /[\p{L}\d_.]{2,}#\d{4}(?!\d)/u;
const ADDRESSES = [
  /\b\d{1,5}\p{L}?,?\s+(?:\p{Lu}[\p{L}.'’]+\s+){0,3}(?:Street|Road|Avenue|Boulevard|Lane|Drive|Court|Crescent|Terrace|Square|St|Rd|Ave|Blvd|Ln)\b\.?/u,
  /\b\d{1,5}\s+(?:\p{L}+\s+){1,3}(?:street|road|avenue|boulevard|lane)\b/iu,
  /\p{L}{3,}(?:straße|strasse|str\.|gasse|allee|weg|platz)\s+\d{1,4}\p{L}?(?!\p{L})/iu,
  /(?:^|\s)(?:calle|avenida|avda\.?|paseo|plaza|rue|via)\s+(?:\p{L}+\s+){1,4},?\s*\d{1,4}/iu,
  /\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b/u, // a British postcode
  /شارع\s+\p{L}+/u,
];
const NAMES = [
  /(?:\b(?:[Mm]y (?:full |real |last )?name(?:[’']s| is)|I am|I[’']m|[Tt]his is|[Cc]all me|[Ii]ch heiße|[Mm]e llamo|[Mm]i nombre es|[Jj]e m[’']appelle)\s+)(\p{Lu}\p{Ll}+(?:[\s-]\p{Lu}\p{Ll}+)+)/u,
  /\b((?:Mr|Mrs|Ms|Dr|Herr|Frau|Señora?|Sra?)\b\.?\s+\p{Lu}\p{Ll}+)/u,
  /(?:^|\n)\s*(\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+)\s*$/u, // signed
  /اسمي\s+(\p{L}+\s+\p{L}+)/u,
];

/** `known`: numbers that tell of nobody (helplines), by their digits. `present`: the names chosen here. */
export function telling(text: string, known: ReadonlySet<string>, present: readonly string[]): Found[] {
  const found: Found[] = [];
  const add = (kind: Telling, what: string | undefined): void => {
    if (what && !found.some((one) => one.kind === kind)) found.push({ kind, what: what.trim() });
  };
  add("email", EMAIL.exec(text)?.[0]);
  for (const [number] of text.matchAll(DIGITS)) if (isPhone(number, known)) add("phone", number);
  const rest = text.replace(EMAIL, " ");
  add("handle", AT.exec(rest)?.[1] ?? ACCOUNT.exec(rest)?.[0] ?? TAG.exec(rest)?.[0]);
  for (const address of ADDRESSES) add("address", address.exec(text)?.[0]);
  for (const name of NAMES) {
    const said = name.exec(text)?.[1];
    if (said && !present.some((one) => one.includes(said) || said.includes(one))) add("name", said);
  }
  return found;
}

function isPhone(number: string, known: ReadonlySet<string>): boolean {
  const digits = number.replace(/\D/g, "");
  if (digits.length < FEWEST_DIGITS || digits.length > MOST_DIGITS || DATE.test(number) || YEARS.test(number)) return false;
  if (/^[1-9]\d*0{4,}$/.test(digits) || number.includes("\n")) return false; // a round number, or a list of them
  return ![digits, digits.replace(/^0{0,2}1(?=\d{10}$)/, "")].some((one) => known.has(one));
}

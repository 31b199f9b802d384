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
const DATES = /(^|[\s(])(?:\d{4}[-./]\d\d?[-./]\d\d?|\d\d?[-./]\d\d?[-./]\d\d(?:\d\d)?)(?![-./]?\d)/g;
const LISTS = /^(?:(?:(?:19|20)\d\d(?:\D+|$))+|[1-9]\d?(?:\D+\d\d?)+|.*\n[^]*)$/; // of years, of pages, under one another
const FEWEST_DIGITS = 7; // after a 0 or +, with which a number begins that is dialled
const FEWEST_WITHOUT = 9;
const MOST_DIGITS = 15;
const AT = /(?:^|[\s(])@([\p{L}\d_][\p{L}\d_.]*[\p{L}\d_])/gu;
const ACCOUNT =
  /\b(?:insta(?:gram)?|snap(?:chat)?|telegram|whatsapp|discord|tiktok|facebook|skype|kik)(?:\s+(?:name|handle|account|id))?\s*(?:(?:is|es)\s+(?=\p{L}+[\d_])|:|=|->)\s*@?[\p{L}\d_.#-]{3,}/iu;
const TAG = /[\p{L}\d_.]{2,}#\d{4}(?!\d)/u;
const ADDRESSES = [
  // by hand or by a phone, that is in small letters as well; but not “12 days on this road”
  /\b\d{1,5}\p{L}?,?\s+(?:(?!(?:the|this|that|my|our|an?|on|in|of|to|times?|(?:day|week|month|year)s?)\s)[\p{L}.'’]+\s+){1,3}(?:street|road|avenue|boulevard|lane|crescent|terrace|rd|ave|blvd|ln|st(?!\.?\s\p{L}))\b/iu,
  /\p{L}{3,}(?:straße|strasse|str\.|gasse|allee|weg|platz)\s+\d{1,4}\p{L}?(?!\p{L})/iu,
  /(?:^|\s)(?:calle|avenida|avda\.?|paseo|plaza)\s+(?:(?!(?:a|con|por|hace|desde|durante)\s)\p{L}+,?\s+){1,4}\d{1,4}/iu,
  /\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b/u, // a British postcode
  /شارع\s+\p{L}+/u,
];
const NAMES = [
  /(?:\b(?:[Mm]y (?:full |real |last )?name(?:[’']s| is)|I am|I[’']m|[Cc]all me|[Ii]ch heiße|[Mm]e llamo|[Mm]i nombre es|[Jj]e m[’']appelle)\s+)(\p{Lu}\p{Ll}+(?:[\s-]\p{Lu}\p{Ll}+)+)/u,
  /\b((?:Mr|Mrs|Ms|Dr|Herr|Frau|Señora?|Sra?)\b\.?\s+(?!Bob\b)\p{Lu}\p{Ll}+)/u, // Dr. Bob is of the programme
  /\n\s*((?!Thank|Much|Take|Kind|Best|Big|God|Love|Good)\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+)\s*$/u, // signed
  /اسمي\s+(\p{L}+\s+\p{L}+)/u,
];

/** `known`: numbers that tell of nobody (helplines), by their digits. `present`: the names chosen here. */
export function telling(text: string, known: ReadonlySet<string>, present: readonly string[]): Found[] {
  const found: Found[] = [];
  const add = (kind: Telling, what: string | undefined): void => {
    if (what && !found.some((one) => one.kind === kind)) found.push({ kind, what: what.trim() });
  };
  add("email", EMAIL.exec(text)?.[0]);
  for (const [number] of text.replace(DATES, "$1").matchAll(DIGITS)) if (isPhone(number, known)) add("phone", number);
  const rest = text.replace(EMAIL, " ");
  const here = present.map(plain);
  const at = [...rest.matchAll(AT)].find(([, handle = ""]) => !here.some((one) => one.includes(plain(handle))));
  add("handle", at?.[0] ?? ACCOUNT.exec(rest)?.[0] ?? TAG.exec(rest)?.[0]);
  for (const address of ADDRESSES) add("address", address.exec(text)?.[0]);
  for (const name of NAMES) {
    const said = name.exec(text)?.[1];
    if (said && !present.some((one) => one.includes(said))) add("name", said);
  }
  return found;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_]/g, "");
}

function isPhone(number: string, known: ReadonlySet<string>): boolean {
  const digits = number.replace(/\D/g, "");
  if (digits.length < (/^\(?[+0]/.test(number) ? FEWEST_DIGITS : FEWEST_WITHOUT) || digits.length > MOST_DIGITS) return false;
  if (/^[1-9]\d*0{4,}$/.test(digits) || LISTS.test(number)) return false; // a round number, or many
  return ![digits, digits.replace(/^0{0,2}1(?=\d{10}$)/, "")].some((one) => known.has(one));
}

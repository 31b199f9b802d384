/** English with accents and a third longer: what is not in it was never a sentence of a locale, and what does not fit will not fit in German. */

const ACCENTS: Record<string, string> = {
  a: "áá", e: "éé", i: "íí", o: "óó", u: "úú", y: "ýý", c: "ç", n: "ñ", s: "š", z: "ž", l: "ľ", r: "ř", t: "ť", d: "ď", g: "ğ", k: "ķ",
  A: "ÁA", E: "ÉE", I: "ÍI", O: "ÓO", U: "ÚU", C: "Ç", N: "Ñ", S: "Š", Z: "Ž", L: "Ľ", R: "Ř", T: "Ť", D: "Ď", G: "Ğ", K: "Ķ",
}; // prettier-ignore

/** These are read by the program, or stay in English in every language until they are reviewed. */
const AS_IT_IS = new Set(["direction", "crisis-in"]);
const CRISIS = /^card-[a-z]+-\d+$/;

// What is Fluent's in a line, and not said: the id, the key of a variant, what is filled in, the beginning and end of a choice.
const FLUENT = /^[a-z][\w-]* =|^\s*\*?\[[\w-]+\]|\{[^{}]*\}|\{[^{}]*->\s*$|^\s*\}/g;

export function pseudo(english: string): string {
  const sentences = english.split(/\n(?=[a-z#])/).filter((sentence) => !CRISIS.test(sentence.split(" ")[0] ?? ""));
  return sentences.map((sentence) => (sentence.startsWith("#") || AS_IT_IS.has(sentence.split(" ")[0] ?? "") ? sentence : said(sentence))).join("\n");
}

function said(sentence: string): string {
  return sentence.split("\n").map(accented).join("\n");
}

function accented(line: string): string {
  let made = "";
  let from = 0;
  for (const found of line.matchAll(FLUENT)) {
    made += letters(line.slice(from, found.index)) + found[0];
    from = found.index + found[0].length;
  }
  return made + letters(line.slice(from));
}

function letters(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => ACCENTS[letter] ?? letter);
}

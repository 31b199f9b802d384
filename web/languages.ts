/** The locales as the build finds them: one file a language, and a pseudo-locale made of the English one. */

import { readdirSync, readFileSync } from "node:fs";
import type { Plugin } from "vite";
import { pseudo } from "./pseudo";

/** Of the script, in the order in which they come. */
export const PARTS = ["first", "sheets", "hosts"] as const;
export type Part = (typeof PARTS)[number];

const FOLDER = new URL("./locales/", import.meta.url);
const ENGLISH = "en";
/** For tests and screenshots: whoever asks for it by name gets it, and nobody is offered it. */
const PSEUDO = "en-XA";

/** The sentences of a file, each with the lines that continue it. */
export function sentencesOf(source: string): string[] {
  return source.split(/\n(?=[a-z#])/);
}

export function idOf(sentence: string): string | undefined {
  return /^([a-z][\w-]*) =/.exec(sentence)?.[1];
}

/** What a language has, and in English what it lacks: the cards for a crisis, until they are reviewed. */
export function localeSource(language: string): string {
  const english = readFileSync(new URL(`${ENGLISH}.ftl`, FOLDER), "utf8");
  if (language === ENGLISH) return english;
  const own = language === PSEUDO ? pseudo(english) : readFileSync(new URL(`${language}.ftl`, FOLDER), "utf8");
  const has = new Set(sentencesOf(own).map(idOf));
  const lacks = sentencesOf(english).filter((sentence) => idOf(sentence) !== undefined && !has.has(idOf(sentence)));
  return [own.trimEnd(), ...lacks].join("\n") + "\n";
}

export function languages(): string[] {
  const found = readdirSync(FOLDER).filter((name) => name.endsWith(".ftl"));
  return [...found.map((name) => name.slice(0, -".ftl".length)).sort(), PSEUDO];
}

const LIST = "virtual:locales";

/**
 * The list of the languages for the page, with what loads the sentences of each; and all sentences of each for the server's own pages.
 * `part` says which sentences of a language belong to a part of the script.
 */
export function locales(part: (source: string, which: Part) => string): Plugin {
  const place = (language: string, which: string): string => `${new URL(`${language}.ftl`, FOLDER).pathname}?${which}`;
  return {
    name: "locales",
    enforce: "pre",
    resolveId(id) {
      return id === LIST ? `\0${LIST}` : /locales\/[\w-]+\.ftl\?\w+$/.test(id) ? id : undefined;
    },
    load(id) {
      if (id === `\0${LIST}`) {
        const one = (language: string): string => {
          const said = (name: string): string => JSON.stringify(new RegExp(`^${name} = (.*)$`, "m").exec(localeSource(language))?.[1]);
          const parts = PARTS.map((which) => `${which}: () => import(${JSON.stringify(place(language, which))})`);
          return `${JSON.stringify(language)}: { name: ${said("language")}, dir: ${said("direction")}, ${parts.join(", ")} }`;
        };
        return `export const LOCALES = { ${languages().map(one).join(",\n")} };\nexport const HIDDEN = ${JSON.stringify(PSEUDO)};`;
      }
      const [, language, which] = /locales\/([\w-]+)\.ftl\?(\w+)$/.exec(id) ?? [];
      return language && which ? `export default ${JSON.stringify(part(localeSource(language), which as Part))}` : undefined;
    },
    generateBundle() {
      for (const language of languages()) {
        this.emitFile({ type: "asset", fileName: `locales/${language}.ftl`, source: localeSource(language) });
      }
    },
  };
}

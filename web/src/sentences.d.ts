/** The languages of the page, and what loads the sentences of each (web/languages.ts). */
declare module "virtual:locales" {
  type Sentences = () => Promise<{ default: string }>;
  export const LOCALES: Record<string, { name: string; dir: "ltr" | "rtl"; first: Sentences; sheets: Sentences; hosts: Sentences }>;
  /** The pseudo-locale: who asks for it by name gets it, and nobody is offered it. */
  export const HIDDEN: string;
}

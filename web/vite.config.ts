import { readdirSync, readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";
import { idOf, locales, PARTS, sentencesOf, type Part } from "./languages";

const SRC = new URL("./src/", import.meta.url);

interface Source {
  code: string;
  part: Part;
}

/** Every source by its name, and with which part of the script it comes: what is only imported later comes with what imports it. */
function sources(): Map<string, Source> {
  const names = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name));
  const all = new Map<string, Source>(names.map((name) => [name.replaceAll("\\", "/"), { code: readFileSync(new URL(name, SRC), "utf8"), part: "hosts" }]));
  const reach = (name: string, part: Part): void => {
    const source = all.get(name);
    if (!source || source.part !== "hosts") return;
    source.part = part;
    for (const [, from] of source.code.matchAll(/^(?:import|export) (?!type )[^;]*?from "(\.[^"]+)";/gm)) {
      const path = new URL(from ?? "", new URL(name, SRC)).href.slice(SRC.href.length);
      for (const end of ["", ".ts", ".tsx"]) reach(path + end, part);
    }
  };
  reach("room/main.tsx", "first");
  reach("public.ts", "first");
  reach("room/ui/Rare.tsx", "sheets");
  return all;
}

/** What the server says in English itself: in the first seconds it may be said as it comes. */
const SERVERS = /^(refused|outcome)-/;

/**
 * A part of the page's script brings the sentences that it says, and no others (`web/languages.ts`).
 * An id stands whole in some source, or begins as a template there does.
 */
function part(source: string, which: Part): string {
  const all = [...sources().values()];
  const saidBy = (part: Part): ((name: string) => boolean) => {
    const code = all.filter((one) => one.part === part).map((one) => one.code).join("");
    const begins = [...code.matchAll(/`([a-z][a-z-]*-)\$\{/g)].map(([, begin]) => begin ?? "");
    return (name) => code.includes(`"${name}"`) || begins.some((begin) => name.startsWith(begin));
  };
  const says = PARTS.map(saidBy);
  const belongs = (name: string): Part | undefined => {
    const found = PARTS[says.findIndex((one) => one(name))];
    return found === PARTS[0] && SERVERS.test(name) ? PARTS[1] : found;
  };
  const own = (name: string | undefined): boolean => name !== undefined && belongs(name) === which;
  return sentencesOf(source)
    .filter((sentence) => own(idOf(sentence)))
    .join("\n")
    .replace(/\n\n+/g, "\n");
}

/** Scripts that come later are asked for by `src/shared/ask.ts`. */
function askedFor(): Plugin {
  return {
    name: "asked-for",
    renderDynamicImport: ({ targetModuleId }) => (targetModuleId ? { left: "window.ask(", right: ", import.meta.url)" } : null),
  };
}

/** The page speaks WebSocket alone; the client would bring its other transports. */
function oneTransport(): Plugin {
  return {
    name: "one-transport",
    transform(_code, id) {
      if (!/engine\.io-client\/build\/esm\/transports\/index\.js$/.test(id)) return undefined;
      return { code: 'import { WS } from "./websocket.js";\nexport const transports = { websocket: WS };', map: null };
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  base: "/static/",
  publicDir: false,
  clearScreen: false,
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  plugins: [locales(part), oneTransport(), askedFor()],
  build: {
    outDir: "../chatserver/static",
    emptyOutDir: true,
    manifest: "manifest.json",
    sourcemap: false,
    minify: "terser", // 1.4 kB less than esbuild makes of the room's script: what an old phone loads is worth the seconds of a build
    terserOptions: { module: true, compress: { passes: 3, pure_getters: true, unsafe_arrows: true } },
    target: ["es2020", "chrome87", "firefox78", "safari14"], // an old phone, and Tor Browser
    assetsInlineLimit: 0, // the policy allows no data: addresses
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { room: "src/room/main.tsx", public: "src/public.ts" },
      treeshake: { moduleSideEffects: (id) => !id.includes("engine.io-client") }, // or the transports that nobody uses stay
    },
  },
});

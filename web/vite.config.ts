import { readdirSync, readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

/** The server's own pages say their sentences from the same file, so it travels with the built page. */
function locales(): Plugin {
  return {
    name: "locales",
    generateBundle() {
      const source = readFileSync(new URL("./locales/en.ftl", import.meta.url), "utf8");
      this.emitFile({ type: "asset", fileName: "locales/en.ftl", source });
    },
  };
}

const SRC = new URL("./src/", import.meta.url);

/** Every source by its name, and whether the room's script begins with it: what is only imported later comes with what imports it. */
function sources(): Map<string, { code: string; first: boolean }> {
  const names = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name));
  const all = new Map(names.map((name) => [name.replaceAll("\\", "/"), { code: readFileSync(new URL(name, SRC), "utf8"), first: false }]));
  const reach = (name: string): void => {
    const source = all.get(name);
    if (!source || source.first) return;
    source.first = true;
    for (const [, from] of source.code.matchAll(/^(?:import|export) (?!type )[^;]*?from "(\.[^"]+)";/gm)) {
      const path = new URL(from ?? "", new URL(name, SRC)).href.slice(SRC.href.length);
      for (const end of ["", ".ts", ".tsx"]) reach(path + end);
    }
  };
  reach("room/main.tsx");
  reach("public.ts");
  return all;
}

/**
 * The page's script carries the sentences that it says, and no others; those of who leads come with their tools (`en.ftl?hosts`).
 * An id stands whole in some source, or begins as a template there does.
 */
function words(): Plugin {
  return {
    name: "words",
    enforce: "pre",
    load(id) {
      const [file, which] = id.split("?");
      if (!file?.endsWith("en.ftl") || (which !== "raw" && which !== "hosts")) return undefined;
      const all = [...sources().values()];
      const saidBy = (code: string): ((sentence: string) => boolean) => {
        const begins = [...code.matchAll(/`([a-z][a-z-]*-)\$\{/g)].map(([, begin]) => begin ?? "");
        return (sentence) => {
          const name = /^([a-z][\w-]*) =/.exec(sentence)?.[1];
          return name !== undefined && (code.includes(`"${name}"`) || begins.some((begin) => name.startsWith(begin)));
        };
      };
      const join = (first: boolean): string => all.filter((source) => source.first === first).map((source) => source.code).join("");
      const [atFirst, later] = [saidBy(join(true)), saidBy(join(false))];
      const said = which === "raw" ? atFirst : (sentence: string): boolean => later(sentence) && !atFirst(sentence);
      const sentences = readFileSync(file, "utf8").split(/\n(?=\S)/);
      return `export default ${JSON.stringify(sentences.filter(said).join("\n").replace(/\n\n+/g, "\n"))}`;
    },
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
  plugins: [locales(), words(), oneTransport()],
  build: {
    outDir: "../chatserver/static",
    emptyOutDir: true,
    manifest: "manifest.json",
    sourcemap: false,
    target: ["es2020", "chrome87", "firefox78", "safari14"], // an old phone, and Tor Browser
    assetsInlineLimit: 0, // the policy allows no data: addresses
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { room: "src/room/main.tsx", public: "src/public.ts" },
      treeshake: { moduleSideEffects: (id) => !id.includes("engine.io-client") }, // or the transports that nobody uses stay
    },
  },
});

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

/** The page's script carries the sentences that it says, and no others. An id stands whole in some source, or begins as a template there does. */
function words(): Plugin {
  return {
    name: "words",
    enforce: "pre",
    load(id) {
      if (!id.endsWith("en.ftl?raw")) return undefined;
      const src = new URL("./src/", import.meta.url);
      const code = readdirSync(src, { recursive: true, encoding: "utf8" })
        .filter((name) => /\.tsx?$/.test(name))
        .map((name) => readFileSync(new URL(name, src), "utf8"))
        .join("");
      const begins = [...code.matchAll(/`([a-z][a-z-]*-)\$\{/g)].map(([, begin]) => begin ?? "");
      const said = (sentence: string): boolean => {
        const name = /^([a-z][\w-]*) =/.exec(sentence)?.[1];
        return name !== undefined && (code.includes(`"${name}"`) || begins.some((begin) => name.startsWith(begin)));
      };
      const sentences = readFileSync(id.replace("?raw", ""), "utf8").split(/\n(?=\S)/);
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

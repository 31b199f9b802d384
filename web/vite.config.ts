import { readFileSync } from "node:fs";
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

export default defineConfig({
  root: import.meta.dirname,
  base: "/static/",
  publicDir: false,
  clearScreen: false,
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  plugins: [locales()],
  build: {
    outDir: "../chatserver/static",
    emptyOutDir: true,
    manifest: "manifest.json",
    sourcemap: false,
    target: ["es2020", "chrome87", "firefox78", "safari14"], // an old phone, and Tor Browser
    assetsInlineLimit: 0, // the policy allows no data: addresses
    modulePreload: { polyfill: false },
    rollupOptions: { input: { room: "src/room/main.tsx", public: "src/public.ts" } },
  },
});

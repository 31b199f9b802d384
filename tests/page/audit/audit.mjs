// Lighthouse on the pages that it is given as JSON, with the browser of the tests; what it finds, as JSON. It asks nobody but the server.
import { readFileSync } from "node:fs";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const { pages, chrome, flags, latency, kbps } = JSON.parse(readFileSync(0, "utf8"));
const browser = await launch({ chromePath: chrome, chromeFlags: flags, logLevel: "silent" });
const found = {};
try {
  for (const [name, url] of Object.entries(pages)) {
    const { lhr } = await lighthouse(url, {
      port: browser.port,
      output: "json",
      logLevel: "silent",
      onlyCategories: ["accessibility"],
      onlyAudits: ["cumulative-layout-shift", "total-byte-weight", "network-requests", "first-contentful-paint"],
      formFactor: "mobile",
      throttlingMethod: "devtools",
      throttling: { requestLatencyMs: latency, downloadThroughputKbps: kbps, uploadThroughputKbps: kbps, cpuSlowdownMultiplier: 1 },
    });
    const requests = lhr.audits["network-requests"]?.details?.items ?? [];
    const bytes = (kind) => requests.filter((one) => one.resourceType === kind).reduce((sum, one) => sum + one.transferSize, 0);
    const failed = Object.values(lhr.audits).filter((one) => one.score !== null && one.score < 1 && one.scoreDisplayMode === "binary");
    found[name] = {
      accessibility: Math.round((lhr.categories.accessibility?.score ?? 0) * 100),
      script: bytes("Script"),
      style: bytes("Stylesheet"),
      elsewhere: requests.filter((one) => !one.url.startsWith(new URL(url).origin)).map((one) => one.url),
      shift: lhr.audits["cumulative-layout-shift"]?.numericValue ?? 0,
      paint: lhr.audits["first-contentful-paint"]?.numericValue ?? 0,
      failed: failed.map((one) => one.id),
    };
  }
} finally {
  await browser.kill();
}
process.stdout.write(JSON.stringify(found));

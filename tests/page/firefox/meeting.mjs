// A meeting in Firefox as Tor Browser sets it up at "Safer": who leads at a desk, and a member on a phone, a window and a profile each.
// Given the place as JSON; says what was kept, asked and complained of as JSON. Fails with the step that did not come about.
import { readFileSync } from "node:fs";
import puppeteer from "puppeteer-core";
import { line } from "./line.mjs";

const { firefox, server, room, key, away, within } = JSON.parse(readFileSync(0, "utf8"));
const { url, drop, close } = await line(server);

const SAFER = {
  "browser.privatebrowsing.autostart": true,
  "privacy.resistFingerprinting": true,
  "privacy.firstparty.isolate": true,
  "javascript.options.ion": false,
  "javascript.options.baselinejit": false,
  "javascript.options.native_regexp": false,
  "javascript.options.wasm": false,
  "javascript.options.asmjs": false,
  "mathml.disabled": true,
  "gfx.font_rendering.opentype_svg.enabled": false,
  "gfx.font_rendering.graphite.enabled": false,
  "media.peerconnection.enabled": false,
  "webgl.disabled": true,
  "dom.serviceWorkers.enabled": false,
  "dom.webnotifications.enabled": false,
  "network.http.referer.XOriginPolicy": 2,
};

const said = { problems: [], elsewhere: [], kept: {}, cookies: [] };

async function arrive(browser, name, width, height) {
  const page = await (await browser.createBrowserContext()).newPage({ type: "window" }); // in a tab behind another nothing is drawn
  await page.setViewport({ width, height });
  page.setDefaultTimeout(within);
  page.on("console", (message) => ["error", "warn"].includes(message.type()) && said.problems.push(`${name}: ${message.text()}`));
  page.on("pageerror", (fault) => said.problems.push(`${name}: ${fault}`));
  page.on("request", (request) => {
    const asked = request.url();
    if (!asked.startsWith(`${url}/`) && !asked.startsWith("data:")) said.elsewhere.push(asked); // data: is the browser's own font for bullets
  });
  return page;
}

const button = (page, name) => page.locator(`::-p-xpath(//button[normalize-space()="${name}" or @aria-label="${name}"])`); // ::-p-aria takes seconds
const box = (page) => page.locator(".composer textarea");
const closed = (page) => page.waitForFunction(() => !document.querySelector("dialog[open]"));
const shows = (page, words) => page.waitForFunction((words) => document.body.innerText.includes(words), {}, words);
const hears = (page, words) =>
  page.waitForFunction(
    (words) => [...document.querySelectorAll(".message:not(.pending, .failed) .words")].some((one) => one.innerText === words),
    {},
    words,
  );

async function goIn(page, name, after = "") {
  await page.goto(`${url}/r/${room}${after}`);
  await page.locator("#name").fill(name);
  await page.locator("form button[type=submit]").click();
  await box(page).wait();
}

async function say(page, words, ...others) {
  await box(page).fill(words);
  await button(page, "Send").click();
  for (const one of [page, ...others]) await hears(one, words);
}

async function keeps(page) {
  const kept = () => Promise.all([{ ...sessionStorage }, { ...localStorage }, indexedDB.databases(), caches.keys()]).then(JSON.stringify);
  said.cookies.push(...(await page.browserContext().cookies()));
  return page.evaluate(kept);
}

async function keys(page, ...held) {
  const last = held.pop();
  for (const one of held) await page.keyboard.down(one);
  await page.keyboard.press(last);
  for (const one of held.reverse()) await page.keyboard.up(one);
}

let step = "Firefox starts";
const browser = await puppeteer.launch({ browser: "firefox", executablePath: firefox, headless: true, extraPrefsFirefox: SAFER, protocolTimeout: 3 * within });
try {
  const [host, member] = await Promise.all([arrive(browser, "host", 1280, 800), arrive(browser, "member", 360, 680)]);

  step = "the public pages";
  await member.goto(url);
  said.time = await member.$eval("time", (time) => time.innerText);
  said.browser = await member.evaluate(() => [Intl.DateTimeFormat().resolvedOptions().timeZone, typeof WebAssembly]);
  await member.goto(`${url}/g/demo`);

  step = "through the door";
  await goIn(host, "Early Light", `#key=${key}`);
  said.address = host.url().replace(url, "");
  await goIn(member, "Wide River");

  step = "words both ways";
  await say(host, "Good evening.", member);
  await say(member, "A canary of mine.", host);

  step = "a reaction from the menu";
  await button(host, "More for the message from \u2068Wide River\u2069").click();
  await button(host, "With you").click();
  await member.waitForSelector(".reactions");

  step = "a reload, with half a sentence";
  await box(member).fill("half a sentence");
  await member.waitForFunction(() => Object.values(sessionStorage).join().includes("half a sentence"));
  await member.reload();
  await member.waitForFunction(() => document.querySelector(".composer textarea")?.value === "half a sentence");
  await hears(member, "Good evening.");

  step = "the line is lost, and comes back by itself";
  drop();
  await say(host, "Are you still there?", member);

  step = "help";
  await button(member, "I need help").click();
  await member.locator("dialog[open] textarea").fill("I need somebody.");
  await member.waitForFunction(() => document.querySelectorAll("dialog[open] select option").length > 10); // the helplines
  await button(member, "Ask for help").click();
  await shows(host, "I need somebody.");
  await member.keyboard.press("Escape");
  await closed(member);

  step = "the room is frozen by the keyboard, and goes on";
  await keys(host, "Control", "Shift", "KeyF");
  await member.waitForSelector(".veiled");
  await keys(host, "Control", "Shift", "KeyF");
  await member.waitForFunction(() => !document.querySelector(".veiled"));

  step = "Escape three times leaves at once";
  await member.setRequestInterception(true);
  member.on("request", (request) =>
    request.url() === away ? request.respond({ contentType: "text/html", body: '<!doctype html><link rel="icon" href="data:,">' }) : request.continue(),
  );
  const left = member.waitForNavigation();
  for (let tap = 0; tap < 3; tap += 1) await member.keyboard.press("Escape");
  await left;
  said.left = member.url();
  await host.waitForFunction(() => document.querySelectorAll(".person").length === 1);
  await member.goBack();
  said.back = [member.url().replace(url, ""), (await member.content()).includes("canary")];
  said.kept["left quickly"] = await keeps(member);

  step = "back in, in Arabic";
  await goIn(member, "Soft Gravel", "?lang=ar");
  said.arabic = await box(member).map((one) => [document.dir, one.scrollWidth <= one.clientWidth, one.placeholder !== ""]).wait();
  await say(host, "Welcome back.", member);

  step = "the meeting is closed";
  await button(host, "Close the meeting").click();
  await host.locator("dialog[open] .danger").click();
  for (const [name, page] of Object.entries({ host, member })) {
    await page.waitForFunction(() => document.querySelector("h1") && !document.querySelector(".composer"));
    said.kept[name] = await keeps(page);
  }
  said.over = await host.$eval("h1", (heading) => heading.innerText);
} catch (fault) {
  throw new Error(`${step}: ${fault.message}\n${JSON.stringify(said, null, 1)}`, { cause: fault });
} finally {
  await browser.close();
  close();
}
process.stdout.write(JSON.stringify(said));

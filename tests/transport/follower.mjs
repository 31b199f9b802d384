// The official JavaScript client: joins a room, prints every event as a line of JSON, and ends when it is told to on its standard input.
// node follower.mjs URL ROOM
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { io } = require("socket.io-client");
const [url, room] = process.argv.slice(2);
const say = (kind, value) => console.log(JSON.stringify([kind, value]));

const socket = io(url, { transports: ["websocket"], reconnection: false });
socket.on("connect", async () => say("joined", await socket.emitWithAck("join", { room, name: "Follower" })));
socket.on("event", (event) => say("event", event));
socket.on("move", (order) => say("move", order));
socket.on("connect_error", (fault) => say("fault", fault.message));
socket.on("disconnect", (reason) => {
  say("disconnected", reason);
  process.exit(0);
});

// A line is an event to send: ["name", payload]; the answer is printed. The end of the input is the end.
createInterface({ input: process.stdin })
  .on("line", async (line) => say("answer", await socket.emitWithAck(...JSON.parse(line))))
  .on("close", () => socket.disconnect());

// Node's socket.io. `node node.js PORT [REDIS_URL]`: with a Redis, its adapter for several processes. Says "ready"; ends by itself after an hour.
"use strict";

const http = require("http");
const { Server } = require("socket.io");

const [port, redis] = process.argv.slice(2);
setTimeout(() => process.exit(0), 3_600_000);

async function main() {
  const server = http.createServer();
  const io = new Server(server, { perMessageDeflate: false });
  if (redis) {
    const { createClient } = require("redis");
    const { createAdapter } = require("@socket.io/redis-adapter");
    const publisher = createClient({ url: redis });
    const subscriber = publisher.duplicate();
    await Promise.all([publisher.connect(), subscriber.connect()]);
    io.adapter(createAdapter(publisher, subscriber));
  }
  let messages = 0;
  io.on("connection", (socket) => {
    socket.on("join", async (room, answer) => {
      await socket.join(room);
      answer(room);
    });
    socket.on("msg", ({ room, text }) => {
      io.to(room).emit("msg", { room, seq: ++messages, nick: "anon", text });
    });
  });
  server.listen(Number(port), "127.0.0.1", 4096, () => console.log("ready"));
}

main();

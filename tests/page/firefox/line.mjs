// Stands before the server as a network does, and drops what goes through when told to.
import { connect, createServer } from "node:net";

/** An address that leads to the server, and how all that is connected there is cut off; whoever comes after that gets through again. */
export async function line(behind) {
  const { hostname, port } = new URL(behind);
  const ends = new Set();
  const server = createServer((here) => {
    const there = connect(Number(port), hostname);
    for (const [end, other] of [
      [here, there],
      [there, here],
    ]) {
      ends.add(end);
      end.on("error", () => {}); // cut off at the other end: "close" follows
      end.on("close", () => ends.delete(end) && other.destroy());
    }
    here.pipe(there).pipe(here);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const drop = () => ends.forEach((end) => end.destroy());
  const close = () => {
    server.close();
    drop();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, drop, close };
}

import "../styles/room.css";
import { render } from "preact";
import { watchForShift } from "../shared/leave";
import { speak } from "../shared/words";
import { App } from "./ui/App";
import { preload } from "./helplines";
import { begin } from "./session";
import { overRoom } from "./ui/bring";

const RETRY_MS = 3_000;

async function start(root: HTMLElement): Promise<void> {
  try {
    await speak();
  } catch {
    return void setTimeout(() => void start(root), RETRY_MS);
  }
  root.replaceChildren();
  document.getElementById("shell-exit")?.remove();
  render(<App />, root);
  begin();
  void preload();
  overRoom();
}

const root = document.getElementById("app");

// Before anything was drawn, the shell's own words stand; they say what to do when nothing follows.
if (root) {
  watchForShift();
  void start(root);
}

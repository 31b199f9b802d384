import "../styles/room.css";
import { render } from "preact";
import { watchForShift } from "../shared/leave";
import { App } from "./ui/App";
import { preload } from "./helplines";
import { begin } from "./session";

const root = document.getElementById("app");

// Before anything was drawn, the shell's own words stand; they say what to do when nothing follows.
if (root) {
  watchForShift();
  root.replaceChildren();
  document.getElementById("shell-exit")?.remove();
  render(<App />, root);
  begin();
  void preload();
}

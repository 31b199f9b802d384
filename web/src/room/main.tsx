import "../styles/room.css";
import { render } from "preact";
import { watchForShift } from "../shared/leave";
import { App } from "./ui/App";
import "./comfort";
import { rare } from "./ui/bring";
import { preload } from "./helplines";
import { watchForMenus } from "./ui/reach";
import { begin } from "./session";
import { watchForFaults } from "./stumble";

const root = document.getElementById("app");

// Before anything was drawn, the shell's own words stand; they say what to do when nothing follows.
if (root) {
  watchForShift();
  watchForMenus();
  root.replaceChildren();
  document.getElementById("shell-exit")?.remove();
  render(<App />, root);
  watchForFaults();
  begin();
  void preload().then(rare); // first the helplines, and then, while somebody reads at the door, what may be opened later
}

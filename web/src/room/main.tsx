import "../styles/room.css";
import "../shared/ask";
import { render } from "preact";
import { watchForShift } from "../shared/leave";
import { speak } from "../shared/words";
import { App } from "./ui/App";
import "./comfort";
import { rare } from "./ui/bring";
import { preload } from "./helplines";
import { watchForMenus } from "./ui/reach";
import { begin, connection, door, fetchWork, until, view } from "./session";
import { watchForFaults } from "./stumble";

const RETRY_MS = 3_000;
const PATIENT = 3; // times
const PATIENCE_MS = 4_000;

async function start(root: HTMLElement, tried = 1): Promise<void> {
  try {
    await speak();
  } catch {
    const anew = root.querySelector<HTMLButtonElement>("button");
    if (anew && tried >= PATIENT) {
      anew.hidden = false;
      anew.onclick = () => location.reload();
    }
    return void setTimeout(() => void start(root, tried + 1), RETRY_MS);
  }
  root.replaceChildren();
  render(<App />, root);
  watchForFaults();
  begin(root.dataset.door);
  void afterwards();
}

/**
 * While somebody reads at the door, or is back in their seat: first the helplines, then what may be opened later. Nothing of it is to be in the way
 * of the door itself.
 */
async function afterwards(): Promise<void> {
  await until(() => connection.up && (view.value !== null || (door.value?.names.length ?? 0) > 0), PATIENCE_MS);
  await preload();
  rare();
  fetchWork().catch(() => {}); // asked for again when it is needed
}

const root = document.getElementById("app");

// Before anything was drawn, the shell's own words stand; they say what to do when nothing follows.
if (root) {
  watchForShift();
  watchForMenus();
  void start(root);
}

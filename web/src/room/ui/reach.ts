/** What can be done with a message or a person, without looking for its small button: a long press, a right click, the keyboard. */

const LONG_MS = 500;
const STILL_PX = 10;
const OF = ".message, .milestone, .person";

export function watchForMenus(): void {
  let timer: number | undefined;
  let from = { x: 0, y: 0 };
  const stop = (): void => clearTimeout(timer);
  addEventListener("contextmenu", (event) => {
    if (open(event.target)) event.preventDefault();
  });
  // Where a long press says nothing of itself, as on an iPhone.
  addEventListener("pointerdown", (event) => {
    stop();
    if (event.pointerType !== "touch") return;
    from = { x: event.clientX, y: event.clientY };
    timer = window.setTimeout(() => open(event.target), LONG_MS);
  });
  addEventListener("pointermove", (event) => {
    if (Math.abs(event.clientX - from.x) + Math.abs(event.clientY - from.y) > STILL_PX) stop();
  });
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, stop);
  addEventListener("scroll", stop, true);
}

/** Opens the menu of what was pressed; false where there is none, or where somebody marks words to copy. */
function open(target: EventTarget | null): boolean {
  if (!(target instanceof Element) || target.closest("button, a, input, textarea") || getSelection()?.isCollapsed === false) return false;
  const button = target.closest(OF)?.querySelector<HTMLElement>('[aria-haspopup="dialog"]');
  if (!button || document.querySelector("dialog[open]")) return false;
  button.click();
  return true;
}

/** In the log: up and down from one message to the next, Enter for what can be done with it. */
export function walk(event: KeyboardEvent): void {
  const list = event.currentTarget as HTMLElement;
  const here = document.activeElement;
  if (!(here instanceof HTMLElement) || (here !== list && !here.matches(OF))) return;
  if (event.key === "Enter" && here !== list) {
    if (open(here)) event.preventDefault();
    return;
  }
  if (!["ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) return;
  const all = [...list.querySelectorAll<HTMLElement>(OF)];
  const at = all.indexOf(here);
  const to = { ArrowUp: at < 0 ? all.length - 1 : at - 1, ArrowDown: at < 0 ? all.length - 1 : at + 1, Home: 0, End: all.length - 1 }[event.key] ?? -1;
  if (!all[to]) return;
  event.preventDefault();
  all[to].focus();
}

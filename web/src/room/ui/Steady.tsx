/** Nothing is pressed that has only just slid under the finger: where another button stood a moment ago, a tap was meant for that one. */

import { useEffect } from "preact/hooks";

// From seeing where to press to pressing it.
const AIMED_MS = 500;
const MOVED_PX = 4;
const PRESSED = "button, summary";

interface Place {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

interface Left {
  by: Element;
  place: Place;
  at: number;
}

/** Of the panel that it is in. A keyboard presses what has the focus, wherever that goes: for it nothing changes. */
export function Steady() {
  useEffect(() => {
    const panel = document.querySelector(".panel");
    return panel ? steady(panel) : undefined;
  }, []);
  return null;
}

function steady(panel: Element): () => void {
  let places = seen(panel);
  let left: Left[] = [];
  const timers = new Map<Element, number>();
  const look = (): void => {
    places = seen(panel);
  };
  const changed = new MutationObserver(() => {
    const at = performance.now();
    const now = seen(panel);
    left = left.filter((one) => at - one.at < AIMED_MS);
    for (const [by, place] of places) if (moved(place, now.get(by))) left.push({ by, place, at });
    for (const [button, place] of now) {
      if (moved(place, places.get(button)) && left.some((one) => one.by !== button && overlap(one.place, place))) hold(button);
    }
    places = now;
  });
  function hold(button: Element): void {
    clearTimeout(timers.get(button));
    button.setAttribute("data-slid", "");
    const letGo = (): void => {
      button.removeAttribute("data-slid");
      timers.delete(button);
    };
    timers.set(button, window.setTimeout(letGo, AIMED_MS));
  }
  changed.observe(panel, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["class", "hidden", "open", "style"] });
  // What one moves oneself, one sees moving.
  panel.addEventListener("scroll", look, { capture: true, passive: true });
  addEventListener("resize", look);
  return () => {
    changed.disconnect();
    panel.removeEventListener("scroll", look, { capture: true });
    removeEventListener("resize", look);
    for (const [button, timer] of timers) {
      clearTimeout(timer);
      button.removeAttribute("data-slid");
    }
  };
}

/** All that is there to be pressed, and where in the window. */
function seen(panel: Element): Map<Element, Place> {
  const all = new Map<Element, Place>();
  for (const button of panel.querySelectorAll(PRESSED)) {
    const place = button.getBoundingClientRect();
    if (place.width > 0 && place.bottom > 0 && place.top < innerHeight) all.set(button, place);
  }
  return all;
}

function moved(one: Place, other: Place | undefined): boolean {
  return !other || Math.abs(one.left - other.left) > MOVED_PX || Math.abs(one.top - other.top) > MOVED_PX;
}

function overlap(one: Place, other: Place): boolean {
  const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return wide > MOVED_PX && high > MOVED_PX;
}

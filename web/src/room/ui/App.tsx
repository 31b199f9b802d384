/** The frame of every screen: the way out at the top, the screen, a passing sentence below. */

import { Component, type ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { quickExit } from "../../shared/leave";
import { t } from "../../shared/words";
import { may, say, toast } from "../acts";
import { phase } from "../session";
import { broken } from "../stumble";
import { rare } from "./bring";
import { Door } from "./Door";
import { Closed, Denied, Left, Loading, LobbyWait, Missing, Removed, Replaced } from "./Screens";
import { Room } from "./Room";
import { Sheets } from "./Sheets";
import { Icon } from "./Icons";
import { page } from "./Languages";
import { panel, sheet, unread } from "./sheets";

export function App() {
  return (
    <Guard>
      <TopBar />
      <Screen />
      <Sheets />
      <Toast />
      <News />
    </Guard>
  );
}

function News() {
  const later = rare();
  return later && <later.LineNews />;
}

function TopBar() {
  const { at } = phase.value;
  return (
    <header class={sheet.value !== null && may("freeze") ? "topbar under-freeze" : "topbar"}>
      {at === "room" || at === "lobby" ? (
        <button key="help" type="button" class="help" onClick={() => (sheet.value = { is: "help" })}>
          <Icon name="help" /> {t("help")}
          {unread.value > 0 && <span class="badge">{unread.value}</span>}
        </button>
      ) : (
        <a key="home" class="home" href={page("/")}>
          {t("app")}
        </a>
      )}
      {at !== "room" && at !== "lobby" && at !== "loading" && (
        <button key="comfort" type="button" class="quiet square" aria-label={t("comfort")} title={t("comfort")} aria-haspopup="dialog" onClick={() => (sheet.value = { is: "comfort" })}>
          <Icon name="text" />
        </button>
      )}
      <button key="exit" type="button" class="exit" title={t("quick-exit-hint")} onClick={quickExit}>
        {t("quick-exit")} <Icon name="exit" />
      </button>
    </header>
  );
}

function Screen() {
  const now = phase.value;
  const main = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    document.getElementById("app")?.classList.toggle("inside", now.at === "room"); // the room fills the window, the others scroll
  }, [now.at]);
  useEffect(() => {
    if (now.at === "room") return;
    panel.value = null; // what was open belongs to the room; help is there in the lobby too
    if (now.at !== "lobby" || sheet.peek()?.is !== "help") sheet.value = null;
  }, [now.at]);
  useEffect(() => {
    if (now.at !== "loading" && now.at !== "room") main.current?.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  }, [now.at]);
  if (now.at === "room") return <Room />;
  return (
    <main class="screen" ref={main}>
      {inner(now)}
    </main>
  );
}

function inner(now: typeof phase.value) {
  switch (now.at) {
    case "loading":
      return <Loading />;
    case "door":
      return <Door />;
    case "lobby":
      return <LobbyWait lobby={now} />;
    case "missing":
      return <Missing message={now.message} />;
    case "denied":
      return <Denied message={now.message} />;
    case "removed":
      return <Removed reason={now.reason} banned={now.banned} />;
    case "closed":
      return <Closed ended={now} />;
    case "left":
      return <Left />;
    case "replaced":
      return <Replaced />;
    case "room":
      return null;
  }
}

function Toast() {
  const now = toast.value;
  return (
    <div class={panel.value ? "toasts low" : "toasts"} role="status">
      {now && (
        <div class={now.bad ? "toast bad" : "toast"}>
          <span>{now.text}</span>
          {now.undo && (
            <button
              type="button"
              onClick={() => {
                now.undo?.();
                say(null);
              }}
            >
              {t("undo")}
            </button>
          )}
          <button type="button" class="square" aria-label={t("close")} onClick={() => say(null)}>
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  );
}

/** Whatever goes wrong in drawing: a plain sentence and a way back, never a blank page. */
class Guard extends Component<{ children: ComponentChildren }> {
  override componentDidCatch(): void {
    broken.value = true;
  }

  override render() {
    if (!broken.value) return this.props.children;
    return (
      <main class="screen">
        <section class="card">
          <h1>{t("broken-room")}</h1>
          <p>{t("broken-room-text")}</p>
          <button type="button" class="primary" onClick={() => location.reload()}>
            {t("broken-room-reload")}
          </button>
          <button type="button" class="exit" onClick={quickExit}>
            {t("quick-exit")}
          </button>
        </section>
      </main>
    );
  }
}

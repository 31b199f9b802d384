/** The room: where we are, what is said, what I can do now. */

import { useEffect } from "preact/hooks";
import { t } from "../../shared/words";
import { may } from "../acts";
import { view } from "../session";
import { Composer } from "./Composer";
import { Header } from "./Header";
import { Held } from "./Held";
import { hostTools } from "./bring";
import { Log } from "./Log";
import { Panel } from "./Panel";
import { Line, Resource } from "./Parts";
import { PollCard } from "./Poll";
import { speed } from "./clock";
import { PrivateWords } from "./PrivateWords";
import { panel } from "./sheets";
import { Turns } from "./Turns";

export function Room() {
  useEffect(() => {
    const close = (event: KeyboardEvent): void => {
      if (event.key === "Escape" && !document.querySelector("dialog[open]")) panel.value = null;
    };
    addEventListener("keydown", close);
    return () => removeEventListener("keydown", close);
  }, []);
  if (!view.value) return null;
  const { agenda, segment } = view.value.room;
  const tools = may("hear_calls") || may("lobby") ? hostTools() : null;
  const resource = agenda[segment.index]?.resource;
  return (
    <div class="room">
      <a class="skip" href="#said">
        {t("skip")}
      </a>
      <Header />
      <main class="middle">
        {speed.value > 1 && <p class="rehearsal">{t("rehearsal", { speed: speed.value })}</p>}
        <Turns />
        <Line />
        <Held />
        {tools && may("lobby") && <tools.Wave />}
        {tools && may("hear_calls") && <tools.CallsWaiting />}
        {resource && <Resource text={resource} />}
        <PollCard />
        <Log />
        <PrivateWords />
        <Composer />
      </main>
      <Panel />
    </div>
  );
}

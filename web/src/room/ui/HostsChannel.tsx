/** What hosts write among themselves. */

import { t } from "../../shared/words";
import { write } from "../acts";
import { lines, view } from "../session";
import { Chat } from "./PrivateLine";

export function HostsChannel() {
  const here = view.value;
  if (!here) return null;
  return (
    <section class="part hosts-channel" aria-labelledby="hosts-title">
      <h2 id="hosts-title">{t("hosts-channel")}</h2>
      <p class="hint">{t("hosts-hint")}</p>
      <Chat
        written={lines.value.hosts}
        me={here.you.seat}
        label={t("hosts-channel")}
        field={t("hosts-field")}
        nothing={t("hosts-nothing")}
        button={t("hosts-send")}
        send={(id, text) => write("host_say", { id, text })}
      />
    </section>
  );
}

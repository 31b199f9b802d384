/** In the lobby: what somebody who leads has written to me, and my answer. */

import { t } from "../../shared/words";
import { me } from "../session";
import { LobbyTalk } from "./LobbyTalk";

export function SpokenTo() {
  return (
    <section class="lobby-talk" aria-labelledby="lobby-talk">
      <h2 id="lobby-talk">{t("lobby-talk")}</h2>
      <p class="hint">{t("lobby-talk-hint")}</p>
      <LobbyTalk seat={me()} />
    </section>
  );
}

/** A word at the door, from both sides. */

import { t } from "../../shared/words";
import { write } from "../acts";
import { lines } from "../session";
import { Chat } from "./PrivateLine";

/** With somebody who waits in the lobby; `name` is theirs, for those who see it. Who leads is not named, not even to the others who do. */
export function LobbyTalk({ seat, name }: { seat: string; name?: string }) {
  return (
    <Chat
      written={(lines.value.lobby[seat] ?? []).map((one) => ({ ...one, name: one.seat ? (name ?? "") : t("lobby-talk-host") }))}
      me={name === undefined ? seat : "-"}
      label={t("lobby-talk")}
      field={t("lobby-talk-field")}
      nothing={t("line-nothing")}
      button={t("line-send")}
      send={(id, text) => write("lobby_say", { id, text, ...(name !== undefined && { seat }) })}
    />
  );
}

/** What this meeting is and what is agreed here, to read up in the room. */

import { t } from "../../shared/words";
import { view } from "../session";
import { Languages } from "./Languages";
import { FormatNote, Guidelines, Keep } from "./Parts";
import { Sheet } from "./Sheet";

export function AboutSheet() {
  const room = view.value?.room;
  if (!room) return null;
  return (
    <Sheet title={t("about")}>
      <p>
        <strong>
          <bdi>{room.title}</bdi>
        </strong>
        {" · "}
        <bdi>{room.format_title}</bdi>
      </p>
      <Guidelines lines={room.guidelines} />
      <FormatNote text={room.note} />
      <p class="small">{t("door-adults")}</p>
      <Keep />
      <Languages />
    </Sheet>
  );
}

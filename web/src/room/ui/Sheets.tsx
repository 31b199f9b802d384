/** Everything that opens over the room. Help, and the way out, are there at once; the rest comes with scripts of its own. */

import { t } from "../../shared/words";
import { leave, lines } from "../session";
import { hostTools, rare } from "./bring";
import { HelpSheet } from "./Help";
import { Line } from "./Parts";
import { Sheet } from "./Sheet";
import { sheet } from "./sheets";
import { Sure } from "./Sure";

export function Sheets() {
  const open = sheet.value;
  if (!open) return null;
  switch (open.is) {
    case "help":
      return <HelpSheet />;
    case "leave":
      return <Sure title={t("leave-sure")} text={t(lines.value.mine ? "leave-sure-line" : "leave-sure-text")} yes={t("leave")} no={t("stay")} go={() => void leave()} />;
    case "close":
    case "remove":
    case "warn":
    case "listener":
    case "hats":
    case "rename":
    case "line": {
      const tools = hostTools();
      return tools ? <tools.HostSheet open={open} /> : <OnItsWay />;
    }
    default: {
      const there = rare();
      return there ? <there.RareSheet open={open} /> : <OnItsWay />;
    }
  }
}

/** Opened before its script was there. It opens by itself when that comes, however long the line is down. */
function OnItsWay() {
  return (
    <Sheet title={t("on-its-way")}>
      <p role="status">{t("on-its-way-text")}</p>
      <Line />
    </Sheet>
  );
}

/** The sheets of those who moderate. */

import { t } from "../../shared/words";
import { closeMeeting } from "../leading";
import { lines, me } from "../session";
import { HatsSheet } from "./HatsSheet";
import { RemoveSheet, RenameSheet } from "./HostForms";
import { ListenerSheet, WarnSheet } from "./KindWords";
import { LineSheet } from "./LineSheet";
import type { OpenSheet } from "./sheets";
import { Sure } from "./Sure";

export type OfHosts = Extract<OpenSheet, { is: "remove" | "warn" | "listener" | "hats" | "rename" | "line" | "close" }>;

export function HostSheet({ open }: { open: OfHosts }) {
  switch (open.is) {
    case "remove":
      return <RemoveSheet open={open} />;
    case "warn":
      return <WarnSheet {...open} />;
    case "listener":
      return <ListenerSheet {...open} />;
    case "hats":
      return <HatsSheet {...open} />;
    case "rename":
      return <RenameSheet open={open} />;
    case "close":
      return <Sure title={t("close-sure")} text={[...callsOpen(), t("close-sure-text")].join(" ")} yes={t("close-meeting")} no={t("cancel")} go={() => void closeMeeting()} />;
    case "line":
      return <LineSheet key={open.call} call={open.call} name={open.name} />;
  }
}

/** Whoever has asked for help loses that line with the room. */
function callsOpen(): string[] {
  const others = lines.value.calls.filter((call) => call.seat !== me());
  return others.map(({ name, taken_by: by }) => t(by === null ? "close-call-waits" : "close-call-with", { name }));
}

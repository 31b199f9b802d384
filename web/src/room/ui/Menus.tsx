/** What can be done with a message, or with a person: few taps away for whoever may. */

import { t } from "../../shared/words";
import { giveFloor, may, mayActOn, react, retract } from "../acts";
import { hidden, hide, show } from "../hidden";
import { replyTo, view } from "../session";
import { REACTIONS } from "../types";
import { find, mayReply, takesTurns } from "../view";
import { hostTools } from "./bring";
import { Icon } from "./Icons";
import { Item } from "./Item";
import { closeSheet, Sheet } from "./Sheet";
import { sheet, type OpenSheet } from "./sheets";

export function MessageMenu({ open }: { open: Extract<OpenSheet, { is: "message" }> }) {
  const here = view.value;
  const message = here && find(here, open.id);
  if (!here || !message || message.gone) return null;
  const { seat, name } = message;
  const own = seat === here.you.seat;
  const words = message.kind === "message";
  const tools = may("retract_any") ? hostTools() : null;
  return (
    <Sheet title={own ? t("you") : name} beside={open.beside}>
      {may("react") && (!here.room.frozen || may("post_in_freeze")) && (
        <div class="react-row" role="group" aria-label={t("react-group")}>
          {REACTIONS.map((kind) => (
            <button
              type="button"
              key={kind}
              class={message.reactions[kind]?.includes(here.you.seat) ? "react mine" : "react"}
              onClick={() => {
                closeSheet();
                void react(open.id, kind);
              }}
            >
              <Icon name={kind} />
              <span>{t(`react-${kind}`)}</span>
            </button>
          ))}
        </div>
      )}
      {!own && tools && <tools.OverMessageNow id={open.id} seat={seat} name={name} />}
      {may("post") && words && mayReply(here, seat) && <Item label={t("reply")} go={() => (replyTo.value = open.id)} />}
      {message.kind === "message" && "clipboard" in navigator && <Item label={t("copy-words")} go={() => navigator.clipboard.writeText(message.text)} />}
      {own && may("retract_own") && <Item label={t("take-back")} go={() => retract(open.id)} />}
      {!own && words && may("report") && <Item label={t("report")} go={() => (sheet.value = { is: "report", id: open.id })} />}
      {!own && <ForMyself seat={seat} name={name} />}
      {!own && tools && <tools.OverMessage seat={seat} name={name} />}
    </Sheet>
  );
}

export function PersonMenu({ open }: { open: Extract<OpenSheet, { is: "person" }> }) {
  const { seat } = open;
  const person = view.value?.room.seats.find((one) => one.seat === seat);
  if (!person) return null;
  const over = mayActOn(seat);
  const tools = over ? hostTools() : null;
  return (
    <Sheet title={person.name} beside={open.beside}>
      {!over && <p class="hint">{t(`role-${person.role}`)}</p>}
      {over && tools && <tools.OverPersonNow seat={seat} person={person} />}
      {may("lead") && takesTurns(view.value) && person.role !== "listener" && <Item label={t("give-floor")} go={() => giveFloor(seat, t("floor-given", { name: person.name }), () => void giveFloor(null))} />}
      <ForMyself seat={seat} name={person.name} />
      {over && tools && <tools.OverPerson seat={seat} person={person} />}
    </Sheet>
  );
}

/** Mute somebody for oneself: nobody else knows of it. */
function ForMyself({ seat, name }: { seat: string; name: string }) {
  if (hidden.value.has(seat)) return <Item label={t("hidden-off")} go={() => show(seat)} />;
  return <Item label={t("hide")} go={() => hide(seat, name)} />;
}

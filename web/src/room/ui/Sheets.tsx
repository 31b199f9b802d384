/** Everything that opens over the room. */

import { t } from "../../shared/words";
import { closeMeeting, giveFloor, may, mayActOn, react, retract } from "../acts";
import { hidden, hide, show } from "../hidden";
import { leave, replyTo, view } from "../session";
import { REACTIONS } from "../types";
import { find, mayReply, takesTurns } from "../view";
import { AboutSheet } from "./About";
import { HelpSheet } from "./Help";
import { QuestionSheet, ReportSheet } from "./Forms";
import { hostTools } from "./bring";
import { Icon } from "./Icons";
import { Item } from "./Item";
import { MilestoneSheet } from "./MilestoneSheet";
import { closeSheet, Sheet } from "./Sheet";
import { sheet, type OpenSheet } from "./sheets";

export { Cards, Helplines } from "./Helplines";

export function Sheets() {
  const open = sheet.value;
  if (!open) return null;
  switch (open.is) {
    case "message":
      return <MessageMenu key={open.id} open={open} />;
    case "person":
      return <PersonMenu key={open.seat} open={open} />;
    case "remove":
    case "warn":
    case "listener":
    case "hats":
    case "rename":
    case "line":
      return <HostSheet open={open} />;
    case "report":
      return <ReportSheet id={open.id} />;
    case "help":
      return <HelpSheet />;
    case "question":
      return <QuestionSheet />;
    case "about":
      return <AboutSheet />;
    case "milestone":
      return <MilestoneSheet />;
    case "leave":
      return <Sure title={t("leave-sure")} text={t("leave-sure-text")} yes={t("leave")} no={t("stay")} go={() => void leave()} />;
    case "close":
      return <Sure title={t("close-sure")} text={t("close-sure-text")} yes={t("close-meeting")} no={t("cancel")} go={() => void closeMeeting()} />;
  }
}

type OfHosts = Extract<OpenSheet, { is: "remove" | "warn" | "listener" | "hats" | "rename" | "line" }>;

function HostSheet({ open }: { open: OfHosts }) {
  const tools = hostTools();
  if (!tools) return null;
  switch (open.is) {
    case "remove":
      return <tools.RemoveSheet open={open} />;
    case "warn":
      return <tools.WarnSheet {...open} />;
    case "listener":
      return <tools.ListenerSheet {...open} />;
    case "hats":
      return <tools.HatsSheet {...open} />;
    case "rename":
      return <tools.RenameSheet open={open} />;
    case "line":
      return <tools.LineSheet key={open.call} {...open} />;
  }
}

function MessageMenu({ open }: { open: Extract<OpenSheet, { is: "message" }> }) {
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
      {may("post") && words && mayReply(here, seat) && <Item label={t("reply")} go={() => (replyTo.value = open.id)} />}
      {own && may("retract_own") && <Item label={t("take-back")} go={() => retract(open.id)} />}
      {!own && words && may("report") && <Item label={t("report")} go={() => (sheet.value = { is: "report", id: open.id })} />}
      {!own && <ForMyself seat={seat} name={name} />}
      {!own && tools && <tools.OverMessage id={open.id} seat={seat} name={name} />}
    </Sheet>
  );
}

function PersonMenu({ open }: { open: Extract<OpenSheet, { is: "person" }> }) {
  const { seat } = open;
  const person = view.value?.room.seats.find((one) => one.seat === seat);
  if (!person) return null;
  const over = mayActOn(seat);
  const tools = over ? hostTools() : null;
  return (
    <Sheet title={person.name} beside={open.beside}>
      {!over && <p class="hint">{t(`role-${person.role}`)}</p>}
      {may("lead") && takesTurns(view.value) && person.role !== "listener" && <Item label={t("give-floor")} go={() => giveFloor(seat)} />}
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

function Sure({ title, text, yes, no, go }: { title: string; text: string; yes: string; no: string; go: () => void }) {
  return (
    <Sheet title={title}>
      <p>{text}</p>
      <p class="row end">
        <button type="button" onClick={closeSheet}>
          {no}
        </button>
        <button
          type="button"
          class="danger"
          onClick={() => {
            closeSheet();
            go();
          }}
        >
          {yes}
        </button>
      </p>
    </Sheet>
  );
}

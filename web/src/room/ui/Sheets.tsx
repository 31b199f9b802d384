/** Everything that opens over the room. */

import { t } from "../../shared/words";
import { appoint, closeMeeting, giveFloor, may, mayActOn, mute, react, retract, toMember, unmute } from "../acts";
import { hidden, hide, show } from "../hidden";
import { leave, replyTo, view } from "../session";
import { REACTIONS } from "../types";
import { find, mayReply, takesTurns } from "../view";
import { AboutSheet } from "./About";
import { HelpSheet, LineSheet } from "./Help";
import { QuestionSheet, ReportSheet } from "./Forms";
import { hostTools } from "./bring";
import { Icon } from "./Icons";
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
      return <HostSheet open={open} />;
    case "report":
      return <ReportSheet id={open.id} />;
    case "help":
      return <HelpSheet />;
    case "line":
      return <LineSheet key={open.call} call={open.call} name={open.name} />;
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

type OfHosts = Extract<OpenSheet, { is: "remove" | "warn" | "listener" | "hats" | "rename" }>;

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
  }
}

interface ItemProps {
  label: string;
  danger?: boolean;
  go: () => unknown;
}

function Item({ label, danger, go }: ItemProps) {
  return (
    <button
      type="button"
      class={danger ? "item danger-text" : "item"}
      onClick={() => {
        closeSheet();
        void go();
      }}
    >
      {label}
    </button>
  );
}

function MessageMenu({ open }: { open: Extract<OpenSheet, { is: "message" }> }) {
  const here = view.value;
  const message = here && find(here, open.id);
  if (!here || !message || message.gone) return null;
  const { seat, name } = message;
  const own = seat === here.you.seat;
  const words = message.kind === "message";
  const over = mayActOn(seat);
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
      {!own && may("retract_any") && (
        <>
          <hr />
          <Item label={t("retract-any")} go={() => retract(open.id, t("retracted-toast"))} />
          {over && may("warn") && <Item label={t("warn")} go={() => (sheet.value = { is: "warn", seat, name })} />}
          {over && <Item label={t("mute-ten")} go={() => mute(seat, name)} />}
          {over && <Out seat={seat} name={name} />}
        </>
      )}
    </Sheet>
  );
}

function PersonMenu({ open }: { open: Extract<OpenSheet, { is: "person" }> }) {
  const { seat, name } = open;
  const person = view.value?.room.seats.find((one) => one.seat === seat);
  if (!person) return null;
  const over = mayActOn(seat);
  return (
    <Sheet title={person.name} beside={open.beside}>
      {!over && <p class="hint">{t(`role-${person.role}`)}</p>}
      {may("lead") && takesTurns(view.value) && person.role !== "listener" && <Item label={t("give-floor")} go={() => giveFloor(seat)} />}
      <ForMyself seat={seat} name={person.name} />
      {over && <hr />}
      {over && may("warn") && <Item label={t("warn")} go={() => (sheet.value = { is: "warn", seat, name: person.name })} />}
      {over && may("to_listener") && person.role !== "listener" && (
        <Item label={t("to-listener")} go={() => (sheet.value = { is: "listener", seat, name: person.name })} />
      )}
      {over && may("to_listener") && person.role === "listener" && <Item label={t("to-member")} go={() => toMember(seat, person.name)} />}
      {over && !person.muted && <Item label={t("mute-ten")} go={() => mute(seat, name)} />}
      {over && person.muted && <Item label={t("unmute")} go={() => unmute(seat, name)} />}
      {over && may("rename") && <Item label={t("rename")} go={() => (sheet.value = { is: "rename", seat, name: person.name })} />}
      {over && may("appoint") && person.role !== "moderator" && <Item label={t("make-moderator")} go={() => appoint(seat, "moderator")} />}
      {over && may("appoint") && person.role === "moderator" && <Item label={t("make-member")} go={() => appoint(seat, "member")} />}
      {over && may("appoint") && <Item label={t("hats")} go={() => (sheet.value = { is: "hats", seat, name: person.name })} />}
      {over && may("remove") && (
        <>
          <hr />
          <Out seat={seat} name={name} />
        </>
      )}
    </Sheet>
  );
}

/** The ways out of the room: with a word first, or in one tap. */
function Out({ seat, name }: { seat: string; name: string }) {
  const ask = (retract: boolean, ban: boolean) => () => (sheet.value = { is: "remove", seat, name, retract, ban });
  return (
    <>
      <Item danger label={t("remove")} go={ask(false, false)} />
      <Item danger label={t("remove-with")} go={ask(true, false)} />
      <Item danger label={t("ban")} go={ask(true, true)} />
      <Item danger label={t("ban-now")} go={() => hostTools()?.banNow(seat, name)} />
    </>
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

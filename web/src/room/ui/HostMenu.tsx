/** Of the menus of a message and of a person, what only those do who moderate. */

import { t } from "../../shared/words";
import { may, mayActOn, retract } from "../acts";
import { appoint, banNow, mute, toMember, unmute } from "../leading";
import { toLobby } from "../lobby";
import type { Seat } from "../types";
import { Item } from "./Item";
import { sheet } from "./sheets";

interface Author {
  seat: string;
  name: string;
}

/** What is needed in a hurry stands first. */
export function OverMessageNow({ id, seat, name }: Author & { id: string }) {
  return (
    <>
      <Item label={t("retract-any")} go={() => retract(id, t("retracted-toast"))} />
      {mayActOn(seat) && (
        <>
          <Item label={t("mute-ten")} go={() => mute(seat, name)} />
          <BanNow seat={seat} name={name} />
        </>
      )}
      <hr />
    </>
  );
}

export function OverMessage({ seat, name }: Author) {
  if (!mayActOn(seat)) return null;
  return (
    <>
      <hr />
      {may("warn") && <Item label={t("warn")} go={() => (sheet.value = { is: "warn", seat, name })} />}
      <Out seat={seat} name={name} />
    </>
  );
}

export function OverPersonNow({ seat, person }: { seat: string; person: Seat }) {
  return (
    <>
      {!person.muted && <Item label={t("mute-ten")} go={() => mute(seat, person.name)} />}
      {person.muted && <Item label={t("unmute")} go={() => unmute(seat, person.name)} />}
      {may("remove") && <BanNow seat={seat} name={person.name} />}
      <hr />
    </>
  );
}

export function OverPerson({ seat, person }: { seat: string; person: Seat }) {
  return (
    <>
      <hr />
      {may("warn") && <Item label={t("warn")} go={() => (sheet.value = { is: "warn", seat, name: person.name })} />}
      {may("to_listener") && person.role !== "listener" && (
        <Item label={t("to-listener")} go={() => (sheet.value = { is: "listener", seat, name: person.name })} />
      )}
      {may("to_listener") && person.role === "listener" && <Item label={t("to-member")} go={() => toMember(seat, person.name)} />}
      {may("sweep") && (person.role === "member" || person.role === "listener") && <Item label={t("to-lobby")} go={() => toLobby(seat, person.name)} />}
      {may("rename") && <Item label={t("rename")} go={() => (sheet.value = { is: "rename", seat, name: person.name })} />}
      {may("appoint") && person.role !== "moderator" && <Item label={t("make-moderator")} go={() => appoint(seat, "moderator", person.name)} />}
      {may("appoint") && person.role === "moderator" && <Item label={t("make-member")} go={() => appoint(seat, "member", person.name)} />}
      {may("appoint") && <Item label={t("hats")} go={() => (sheet.value = { is: "hats", seat, name: person.name })} />}
      {may("remove") && (
        <>
          <hr />
          <Out seat={seat} name={person.name} />
        </>
      )}
    </>
  );
}

function BanNow({ seat, name }: Author) {
  return <Item danger label={t("ban-now")} go={() => banNow(seat, name)} />;
}

/** The ways out of the room with a word first. */
function Out({ seat, name }: Author) {
  const ask = (retract: boolean, ban: boolean) => () => (sheet.value = { is: "remove", seat, name, retract, ban });
  return (
    <>
      <Item danger label={t("remove")} go={ask(false, false)} />
      <Item danger label={t("remove-with")} go={ask(true, false)} />
      <Item danger label={t("ban")} go={ask(true, true)} />
    </>
  );
}

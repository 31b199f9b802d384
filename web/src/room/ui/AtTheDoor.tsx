/** Who waits at the door, and what can be done about each and about all of them. */

import { useSignal } from "@preact/signals";
import { t } from "../../shared/words";
import { may } from "../acts";
import { about, putAway } from "../afterwards";
import { admit, admitAll, ALL_TURNED_AWAY, atTheDoor, deny, denyAll, lettingIn, turnedAway } from "../lobby";
import { lines, view } from "../session";
import type { Waiting } from "../types";
import { LobbyTalk } from "./LobbyTalk";
import { PutAway, usePutAway } from "./PutAway";

export function AtTheDoor() {
  const here = view.value;
  const rows = atTheDoor();
  if (!here || rows.length === 0) return null;
  return (
    <div class="door-list">
      <h3>
        {t("at-the-door")} <span class="number">{here.waiting.length}</span>
      </h3>
      <ul class="knockers">
        {rows.map((one) => (
          <Knocker key={one.seat} one={one} held={here.room.held} />
        ))}
      </ul>
      {((rows.length > 1 && !here.room.held) || putAway(ALL_TURNED_AWAY)) && <AllOfThem waiting={here.waiting} />}
    </div>
  );
}

function AllOfThem({ waiting }: { waiting: readonly Waiting[] }) {
  const { gone, row } = usePutAway<HTMLParagraphElement>(ALL_TURNED_AWAY);
  const marked = waiting.some((one) => one.marked);
  return (
    <p class="row" {...row}>
      {gone ? (
        <PutAway of={ALL_TURNED_AWAY} said={t("denied-all", { count: about(ALL_TURNED_AWAY).length })} />
      ) : (
        <>
          {waiting.some((one) => !one.marked) && (
            <button type="button" class="small-button" onClick={() => void admitAll()}>
              {t(marked ? "admit-unmarked" : "admit-all")}
            </button>
          )}
          <button type="button" class="small-button" onClick={denyAll}>
            {t("deny-all")}
          </button>
        </>
      )}
    </p>
  );
}

function Knocker({ one, held }: { one: Waiting; held: boolean }) {
  const writes = useSignal(false);
  const key = turnedAway(one.seat);
  const withAll = about(ALL_TURNED_AWAY).includes(one.seat);
  const letIn = lettingIn.value.find((each) => each.one.seat === one.seat);
  const came = letIn !== undefined && (!letIn.in || !view.value?.waiting.some((each) => each.seat === one.seat));
  const { gone, row } = usePutAway<HTMLLIElement>(key, withAll || came);
  const decides = may("admit_marked");
  const talk = writes.value || (lines.value.lobby[one.seat]?.length ?? 0) > 0;
  return (
    <li class="knocker" {...row}>
      <span class="who">
        <bdi class="name">{one.name}</bdi>
        {one.role === "listener" && <span class="role-tag">{t("role-listener")}</span>}
        {one.marked && <span class="marked">{t("marked")}</span>}
      </span>
      {came ? (
        <span>{letIn.in && t("admitted-toast", { name: one.name })}</span>
      ) : gone ? (
        <PutAway of={withAll ? undefined : key} said={t("denied-one")} />
      ) : !decides && (one.marked || held) ? (
        <span class="hint">{t(one.marked ? "admit-moderators" : "admit-held")}</span>
      ) : (
        <span class="row">
          <button type="button" class={one.marked ? "small-button" : "primary small-button"} onClick={() => void admit(one)}>
            {t("admit")}
          </button>
          <button type="button" class="small-button" onClick={() => deny(one.seat)}>
            {t("deny")}
          </button>
        </span>
      )}
      {talk ? (
        <div hidden={gone}>
          <LobbyTalk seat={one.seat} name={one.name} />
        </div>
      ) : (
        !gone &&
        (decides || !one.marked) && (
          <p class="row">
            <button type="button" class="small-button quiet" aria-label={t("lobby-talk-to-name", { name: one.name })} onClick={() => (writes.value = true)}>
              {t("lobby-talk-to")}
            </button>
            {one.spoken_to && <span class="hint">{t("lobby-talk-begun")}</span>}
          </p>
        )
      )}
    </li>
  );
}

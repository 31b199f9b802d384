/** Beside the room on a wide page, over it on a narrow one: what needs a moderator, who is here, the room's switches. */

import { t } from "../../shared/words";
import { may } from "../acts";
import { hidden } from "../hidden";
import { view } from "../session";
import type { Role, Seat } from "../types";
import { hostTools } from "./bring";
import { FreezeButton } from "./Freeze";
import { Icon } from "./Icons";
import { memo } from "./memo";
import { Line, tint } from "./Parts";
import { panel, sheet } from "./sheets";

export function Panel() {
  const host = may("hear_calls");
  const serves = may("keep_time") || may("read");
  const open = panel.value;
  const tools = may("see_lobby") || may("lead") || serves || host ? hostTools() : null;
  return (
    <aside class={`panel ${open ? `show-${open}` : ""}`.trim()}>
      <div class="panel-close">
        {open && <Line />}
        <FreezeButton />
        <button type="button" onClick={() => (panel.value = null)}>
          <Icon name="close" /> {t("close")}
        </button>
      </div>
      {tools && may("see_lobby") && <tools.NeedsYou />}
      {tools && host && <tools.Raid />}
      {tools && (may("lead") ? <tools.RunSheet /> : serves && <tools.ServiceSheet />)}
      <People />
      {tools && host && <tools.HostsChannel />}
      {tools && host && <tools.RoomSwitches />}
      {tools && host && <tools.ForHosts />}
      {tools && <tools.Steady />}
    </aside>
  );
}

const RANK: Record<Role, number> = { facilitator: 0, moderator: 1, member: 2, listener: 3 };

function People() {
  const here = view.value;
  if (!here) return null;
  const seats = [...here.room.seats].sort((a, b) => RANK[a.role] - RANK[b.role]);
  const unlisted = here.room.seat_count - seats.length;
  return (
    <section class="part people" aria-labelledby="people-title">
      <h2 id="people-title">
        {t("people-title")} <span class="number">{here.room.seat_count}</span>
      </h2>
      <ul>
        {seats.map((seat) => (
          <Person key={seat.seat} seat={seat} own={seat.seat === here.you.seat} hides={hidden.value.has(seat.seat)} />
        ))}
      </ul>
      {unlisted > 0 && <p class="hint">{t("people-more", { count: unlisted })}</p>}
    </section>
  );
}

const Person = memo(({ seat, own, hides }: { seat: Seat; own: boolean; hides: boolean }) => {
  const states = [seat.away && t("is-away"), seat.muted && t("is-muted"), hides && t("is-hidden")].filter(Boolean);
  return (
    <li class={`person ${own ? "own" : tint(seat.seat)} ${seat.away ? "away" : ""}`} data-seat={seat.seat}>
      <span class="dot" aria-hidden="true" />
      <span class="who">
        <bdi class="name">{seat.name}</bdi>
        {own && <span class="role-tag">{t("you")}</span>}
        {seat.role !== "member" && <span class="role-tag">{t(`role-${seat.role}`)}</span>}
        {seat.hats.map((hat) => (
          <span key={hat} class="role-tag">
            {t(`hat-${hat}`)}
          </span>
        ))}
        {states.length > 0 && <span class="hint">{states.join(", ")}</span>}
      </span>
      {!own && (
        <button
          type="button"
          class="quiet square"
          aria-label={t("person-more", { name: seat.name })}
          aria-haspopup="dialog"
          onClick={(event) => (sheet.value = { is: "person", seat: seat.seat, name: seat.name, beside: event.currentTarget.getBoundingClientRect() })}
        >
          <Icon name="more" />
        </button>
      )}
    </li>
  );
});

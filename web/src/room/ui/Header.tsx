import { useComputed } from "@preact/signals";
import { t } from "../../shared/words";
import { freeze, may } from "../acts";
import { connection, lines, view } from "../session";
import type { Snapshot } from "../types";
import { meetingLeft, speed } from "./clock";
import { Icon } from "./Icons";
import { panel, sheet } from "./sheets";

export function Header() {
  const here = view.value;
  if (!here) return null;
  const { room } = here;
  const { calls, reports } = lines.value;
  const needs = here.waiting.length + here.calls.length + calls.length + reports.length + Number(room.wave);
  const host = may("see_lobby");
  return (
    <header class={host ? "head host" : "head"}>
      <div class="where">
        <div class="title">
          <h1>
            <bdi>{speed.value > 1 ? room.format_title : room.title /* a line of its own says that it is a rehearsal */}</bdi>
          </h1>
          <button
            type="button"
            class="quiet square"
            aria-label={t("about")}
            title={t("about")}
            aria-haspopup="dialog"
            onClick={() => (sheet.value = { is: "about" })}
          >
            <Icon name="info" />
          </button>
        </div>
        <p class="facts">
          <span>
            <bdi>{room.group_name}</bdi>
          </span>
          <TimeLeft room={room} />
          <span class="up" role="status">
            {connection.wire.value === "up" && t("link-up")}
          </span>
        </p>
      </div>
      <div class="head-buttons">
        {may("freeze") && (
          <button type="button" class={room.frozen ? "freeze on" : "freeze"} title={t("freeze-hint")} onClick={() => void freeze(!room.frozen)}>
            <Icon name={room.frozen ? "play" : "pause"} /> {t(room.frozen ? "unfreeze" : "freeze")}
          </button>
        )}
        {host && (
          <button
            type="button"
            class={needs > 0 ? "panel-button needs" : "panel-button"}
            aria-label={needs > 0 ? t("tools-waiting", { count: needs }) : t("tools")}
            aria-expanded={panel.value === "tools"}
            onClick={() => (panel.value = panel.value === "tools" ? null : "tools")}
          >
            <Icon name="tools" /> {t("tools")}
            {needs > 0 && <span class="badge">{needs}</span>}
          </button>
        )}
        <button
          type="button"
          class="panel-button here"
          aria-label={`${t("people-title")}: ${t("people-count", { count: room.seat_count })}`}
          aria-expanded={panel.value === "people"}
          onClick={() => (panel.value = panel.value === "people" ? null : "people")}
        >
          <Icon name="people" /> {room.seat_count}
        </button>
      </div>
      <button type="button" class="leave quiet" onClick={() => (sheet.value = { is: "leave" })}>
        {t("leave")}
      </button>
    </header>
  );
}

function TimeLeft({ room }: { room: Snapshot }) {
  const minutes = useComputed(() => Math.max(0, Math.round(timeLeft(view.value?.room ?? room) / 60_000)));
  if (!room.closes_at || (speed.value > 1 && room.agenda[room.segment.index]?.after)) return null;
  const left = minutes.value;
  const text = left >= 60 ? t("time-left-hours", { hours: Math.floor(left / 60), minutes: left % 60 }) : t("time-left", { minutes: left });
  return <span class="time-left">{text}</span>;
}

/** In a rehearsal the hour is that of the agenda: its room closes by real time. */
function timeLeft({ closes_at, segment, agenda }: Snapshot): number {
  if (speed.value === 1) return meetingLeft(closes_at);
  const ahead = agenda.reduce((sum, part, at) => sum + (at > segment.index && !part.after ? part.minutes * 60_000 : 0), 0);
  return ahead + (segment.index >= 0 ? Math.max(0, meetingLeft(segment.ends_at)) : 0);
}

import { useSignal } from "@preact/signals";
import { atTime, t } from "../../shared/words";
import { react } from "../acts";
import type { Message, Said } from "../log";
import { REACTIONS } from "../types";
import { Icon } from "./Icons";
import { memo } from "./memo";
import { tint } from "./Parts";
import { sheet } from "./sheets";

interface Props {
  message: Message;
  me: string;
  /** The last minute before a freeze. */
  covered: boolean;
  paused: boolean;
  host: boolean;
  /** What it answers is shown with it. */
  quotes: boolean;
  /** With a head: who speaks, and when. */
  opens: boolean;
}

export const MessageItem = memo(({ message, me, covered, paused, host, quotes, opens }: Props) => {
  const own = message.seat === me;
  const classes = ["message", own ? "own" : tint(message.seat), opens ? "opens" : "", message.gone ? "gone" : ""];
  return (
    <article class={classes.join(" ").replace(/ +/g, " ").trim()} aria-label={t("message-of", { name: message.name })} data-id={message.id} tabIndex={-1}>
      {opens && (
        <header class="by">
          <bdi class="name">{message.name}</bdi>
          {own && <span class="role-tag">{t("you")}</span>}
          <time dateTime={new Date(message.at).toISOString()}>{atTime(message.at)}</time>
        </header>
      )}
      <div class="bubble">
        {quotes && message.quote && !paused && !message.gone && <Quote message={message} />}
        <Words message={message} covered={covered} host={host} />
        {!message.gone && <More of={message} />}
        <Reactions to={message} me={me} />
      </div>
    </article>
  );
});

export function More({ of: { id, name } }: { of: Said }) {
  return (
    <button
      type="button"
      class="more quiet square"
      aria-label={t("message-more", { name })}
      aria-haspopup="dialog"
      onClick={(event) => (sheet.value = { is: "message", id, beside: event.currentTarget.getBoundingClientRect() })}
    >
      <Icon name="more" />
    </button>
  );
}

function Quote({ message }: { message: Message }) {
  if (!message.quote) return null;
  return (
    <blockquote class="quote">
      <span class="hint">{t("replying-to", { name: message.quote.name })}</span>
      <span class="quoted" dir="auto">
        {message.quote.text}
      </span>
    </blockquote>
  );
}

function Words({ message, covered, host }: { message: Message; covered: boolean; host: boolean }) {
  const open = useSignal(false);
  const lifted = useSignal(false);
  if (message.gone) return <p class="words taken">{t("taken-back")}</p>;
  if (covered && !lifted.value) {
    return (
      <div class="veiled">
        <p class="veil" aria-hidden="true">
          {message.text.replace(/\S/gu, "▒").slice(0, 240)}
        </p>
        <p class="hint">
          {t("veiled")}{" "}
          {host && (
            <button type="button" class="link" onClick={() => (lifted.value = true)}>
              {t("veiled-show")}
            </button>
          )}
        </p>
      </div>
    );
  }
  if (message.warning !== null) {
    return (
      <div class="warned">
        <p class="warning-line" dir="auto">
          <Icon name="cover" /> {message.warning === t("warning-plain") ? message.warning : t("warning-cover", { warning: message.warning })}
        </p>
        <button type="button" class="small-button" aria-expanded={open.value} onClick={() => (open.value = !open.value)}>
          {t(open.value ? "warning-hide" : "warning-show")}
        </button>
        {open.value && (
          <p class="words" dir="auto">
            {message.text}
          </p>
        )}
      </div>
    );
  }
  return (
    <p class="words" dir="auto">
      {message.text}
    </p>
  );
}

export function Reactions({ to, me }: { to: Said; me: string }) {
  const there = REACTIONS.filter((kind) => to.reactions[kind]?.length);
  if (there.length === 0) return null;
  return (
    <p class="reactions">
      {there.map((kind) => {
        const seats = to.reactions[kind] ?? [];
        const mine = seats.includes(me);
        const label = t("reaction-count", { label: t(`react-${kind}`), count: seats.length });
        return (
          <button type="button" key={kind} class={mine ? "chip mine" : "chip"} aria-label={label} title={label} onClick={() => !mine && void react(to.id, kind)}>
            <Icon name={kind} /> {t(`react-${kind}`)} <b>{seats.length}</b>
          </button>
        );
      })}
    </p>
  );
}

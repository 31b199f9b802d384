/** A milestone in the log: one member's, everybody's to celebrate. Starting again is as good as years. */

import { atTime, t } from "../../shared/words";
import { react } from "../acts";
import type { Milestone } from "../log";
import { Icon } from "./Icons";
import { memo } from "./memo";
import { More, Reactions } from "./Message";

interface Props {
  milestone: Milestone;
  me: string;
  celebrates: boolean;
}

export const MilestoneItem = memo(({ milestone, me, celebrates }: Props) => {
  const { id, seat, name, at, what, count } = milestone;
  const own = seat === me;
  const all = milestone.reactions.celebrate ?? [];
  const mine = all.includes(me);
  return (
    <article class="milestone" aria-label={t("milestone-of", { name })} data-id={id} tabIndex={-1}>
      <header class="by">
        <bdi class="name">{name}</bdi>
        {own && <span class="role-tag">{t("you")}</span>}
        <time dateTime={new Date(at).toISOString()}>{atTime(at)}</time>
        <More of={milestone} />
      </header>
      <p class="milestone-what">{t(`milestone-${what}`, { count: count ?? 0 })}</p>
      <p class="milestone-warm">{t(`milestone-warm-${what === "first" || what === "again" ? what : "time"}`)}</p>
      {!own && celebrates && (
        <button type="button" class={mine ? "celebrate on" : "celebrate"} aria-pressed={mine} onClick={() => !mine && void react(id, "celebrate")}>
          <Icon name="celebrate" /> {t(mine ? "celebrated" : "celebrate")}
        </button>
      )}
      {all.length > 0 && <p class="celebrating">{t("celebrating", { count: all.length })}</p>}
      <Reactions to={milestone} me={me} />
    </article>
  );
});

/** What is said. It stays where one reads; at the end it follows. */

import { useSignal } from "@preact/signals";
import { memo } from "preact/compat";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../shared/words";
import { may } from "../acts";
import { outbox, view } from "../session";
import { PIECE, type Entry, type Mark } from "../view";
import { Icon } from "./Icons";
import { MessageItem } from "./Message";
import { Unsent } from "./Unsent";

const NEAR_END = 80;
const COVERED_MS = 60_000;

export function Log() {
  const here = view.value;
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const seen = useRef(0);
  const top = useRef(0);
  const below = useSignal(0);
  const away = useSignal(false);
  const count = (here ? here.lost + here.log.length : 0) + outbox.items.value.length;
  const lastId = here?.log[here.log.length - 1]?.id;

  function toEnd(): void {
    const element = box.current;
    if (element) element.scrollTop = element.scrollHeight;
  }

  useLayoutEffect(() => {
    const added = Math.max(1, count - seen.current);
    seen.current = count;
    if (following.current) toEnd();
    else below.value += added;
  }, [lastId]);

  const lastUnsent = outbox.items.value[outbox.items.value.length - 1]?.id;
  useLayoutEffect(() => {
    if (lastUnsent === undefined) return;
    following.current = true; // one's own words: go and see them
    toEnd();
  }, [lastUnsent]);

  useEffect(() => {
    if (!list.current || !box.current) return;
    const watch = new ResizeObserver(() => following.current && toEnd());
    watch.observe(list.current);
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);

  if (!here) return null;
  const host = may("hear_calls");
  return (
    <div class="log-wrap">
      <div
        class="log"
        id="said"
        tabIndex={0}
        ref={box}
        onScroll={(event) => {
          const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
          // Only who scrolls up stops following. What grows below does not.
          if (scrollHeight - scrollTop - clientHeight < NEAR_END) following.current = true;
          else if (scrollTop < top.current) following.current = false;
          top.current = scrollTop;
          away.value = !following.current;
          if (following.current) below.value = 0;
        }}
        role="log"
        aria-live="polite"
        aria-label={t("log-label")}
      >
        <div class="list" ref={list}>
          {pieces(here.log).map((entries, index) => (
            <Piece
              key={here.lost + index * PIECE}
              entries={entries}
              me={here.you.seat}
              coveredFrom={here.frozenAt === null ? Infinity : here.frozenAt - COVERED_MS}
              host={host}
            />
          ))}
          {here.log.length === 1 && here.log[0]?.kind === "mark" && outbox.items.value.length === 0 && <p class="empty">{t("log-empty")}</p>}
          <Unsent />
        </div>
      </div>
      {away.value && (
        <button
          type="button"
          class={below.value > 0 ? "to-end new" : "to-end"}
          onClick={() => {
            following.current = true;
            toEnd();
          }}
        >
          <Icon name="down" /> {below.value > 0 ? t("new-below", { count: below.value }) : t("to-end")}
        </button>
      )}
    </div>
  );
}

function pieces(log: readonly Entry[]): (readonly Entry[])[] {
  const found = [];
  for (let start = 0; start < log.length; start += PIECE) found.push(log.slice(start, start + PIECE));
  return found;
}

interface PieceProps {
  entries: readonly Entry[];
  me: string;
  coveredFrom: number;
  host: boolean;
}

function same(before: PieceProps, after: PieceProps): boolean {
  return (
    before.me === after.me &&
    before.coveredFrom === after.coveredFrom &&
    before.host === after.host &&
    before.entries.length === after.entries.length &&
    before.entries.every((entry, index) => entry === after.entries[index])
  );
}

const Piece = memo(
  ({ entries, me, coveredFrom, host }: PieceProps) => (
    <div class="piece">
      {entries.map((entry) =>
        entry.kind === "mark" ? (
          <Line key={entry.id} what={entry.what} />
        ) : (
          <MessageItem
            key={entry.id}
            message={entry}
            me={me}
            covered={entry.at >= coveredFrom && !entry.gone && entry.seat !== me}
            paused={coveredFrom !== Infinity}
            host={host}
          />
        ),
      )}
    </div>
  ),
  same,
);

const Line = memo(({ what }: { what: Mark["what"] }) => (
  <p class={`mark mark-${what}`}>
    <span>{t(`log-${what}`)}</span>
  </p>
));

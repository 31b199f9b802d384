/** What is said. It stays where one reads; at the end it follows. */

import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../shared/words";
import { may } from "../acts";
import { PIECE, type Entry, type Mark, type Said } from "../log";
import { outbox, view } from "../session";
import { CameIn } from "./CameIn";
import { Icon } from "./Icons";
import { memo } from "./memo";
import { MessageItem } from "./Message";
import { MilestoneItem } from "./Milestone";
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
    let edge = box.current.getBoundingClientRect().top;
    const watch = new ResizeObserver(() => {
      // What grows above the log does not push away what somebody reads.
      const was = edge;
      edge = box.current?.getBoundingClientRect().top ?? was;
      if (following.current) toEnd();
      else if (box.current) box.current.scrollTop += edge - was;
    });
    watch.observe(list.current);
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);

  if (!here) return null;
  const host = may("hear_calls");
  const celebrates = may("react") && (!here.room.frozen || may("post_in_freeze"));
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
              celebrates={celebrates}
              coveredFrom={here.frozenAt === null ? Infinity : here.frozenAt - COVERED_MS}
              host={host}
            />
          ))}
          {here.log.every((entry) => entry.kind === "mark" && !entry.where) && outbox.items.value.length === 0 && <p class="empty">{t("log-empty")}</p>}
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

/** Neighbours that were taken back are one line. Whoever goes on speaking after it is named again. */
function fold(entries: readonly Entry[]): { parts: (Entry | Said[])[]; heads: Set<string> } {
  const parts: (Entry | Said[])[] = [];
  const heads = new Set<string>();
  let run: Said[] = [];
  const end = (): void => {
    if (run.length > 1 || run[0]?.kind === "milestone") parts.push(run);
    else parts.push(...run);
    run = [];
  };
  for (const entry of entries) {
    if (entry.kind !== "mark" && entry.gone) {
      run.push(entry);
      continue;
    }
    if (run.length > 1) heads.add(entry.id);
    end();
    parts.push(entry);
  }
  end();
  return { parts, heads };
}

interface PieceProps {
  entries: readonly Entry[];
  me: string;
  /** May react now. */
  celebrates: boolean;
  coveredFrom: number;
  host: boolean;
}

function same(before: PieceProps, after: PieceProps): boolean {
  return (
    before.me === after.me &&
    before.celebrates === after.celebrates &&
    before.coveredFrom === after.coveredFrom &&
    before.host === after.host &&
    before.entries.length === after.entries.length &&
    before.entries.every((entry, index) => entry === after.entries[index])
  );
}

const Piece = memo(
  ({ entries, me, celebrates, coveredFrom, host }: PieceProps) => {
    const { parts, heads } = fold(entries);
    return (
      <div class="piece">
        {parts.map((entry) =>
          Array.isArray(entry) ? (
            <Line key={entry[0]?.id} what="taken-back" count={entry.length} />
          ) : entry.kind === "mark" ? (
            <Line key={entry.id} what={entry.what} name={entry.name} where={entry.where} />
          ) : entry.kind === "milestone" ? (
            <MilestoneItem key={entry.id} milestone={entry} me={me} celebrates={celebrates} />
          ) : (
            <MessageItem
              key={entry.id}
              message={entry}
              me={me}
              covered={entry.at >= coveredFrom && !entry.gone && entry.seat !== me}
              paused={coveredFrom !== Infinity}
              host={host}
              opens={entry.opens || heads.has(entry.id)}
            />
          ),
        )}
      </div>
    );
  },
  same,
);

interface LineProps {
  what: Mark["what"] | "taken-back";
  name?: string | undefined;
  count?: number;
  where?: Mark["where"];
}

const Line = memo(({ what, name = "", count = 0, where }: LineProps) => (
  <p class={where ? "mark mark-start came-in" : `mark mark-${what}`}>
    {where && <CameIn where={where} />}
    <span>{t(`log-${what}`, { name, count })}</span>
  </p>
));

/** What is said. It stays where one reads; at the end it follows. */

import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../shared/words";
import { may } from "../acts";
import { fold, inShares, type Folded, type Share } from "../fold";
import { hidden, show } from "../hidden";
import { PIECE, type Entry, type Mark, type Message } from "../log";
import { outbox, view } from "../session";
import type { Snapshot } from "../types";
import { CameIn } from "./CameIn";
import { Icon } from "./Icons";
import { memo } from "./memo";
import { MessageItem } from "./Message";
import { MilestoneItem } from "./Milestone";
import { tint } from "./Parts";
import { walk } from "./reach";
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
        onKeyDown={walk}
        role="log"
        aria-live="polite"
        aria-label={t("log-label")}
      >
        <div class="list" ref={list}>
          {pieces(here.log).map((entries, index, all) => (
            <Piece
              key={here.lost + index * PIECE}
              entries={entries}
              goesOver={shareAt(all[index + 1], 0) > 0 && shareAt(all[index + 1], 0) === shareAt(entries, entries.length - 1)}
              me={here.you.seat}
              celebrates={celebrates}
              coveredFrom={here.frozenAt === null ? Infinity : here.frozenAt - COVERED_MS}
              host={host}
              hides={hidden.value}
            />
          ))}
          {anybodyMayBegin(here.room) && here.log.every((entry) => entry.kind === "mark" && !entry.where) && outbox.items.value.length === 0 && (
            <p class="empty">{t("log-empty")}</p>
          )}
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

/** Elsewhere one waits for a turn, or listens. */
function anybodyMayBegin({ segment, frozen }: Snapshot): boolean {
  return segment.mode === "open" && !frozen;
}

function pieces(log: readonly Entry[]): (readonly Entry[])[] {
  const found = [];
  for (let start = 0; start < log.length; start += PIECE) found.push(log.slice(start, start + PIECE));
  return found;
}

function shareAt(entries: readonly Entry[] | undefined, index: number): number {
  const entry = entries?.[index];
  return entry?.kind === "message" ? entry.share : 0;
}

interface PieceProps {
  entries: readonly Entry[];
  /** Its last share goes on in the next piece. */
  goesOver: boolean;
  me: string;
  /** May react now. */
  celebrates: boolean;
  coveredFrom: number;
  host: boolean;
  /** Seats whose words are not shown here. */
  hides: ReadonlySet<string>;
}

function same(before: PieceProps, after: PieceProps): boolean {
  return (
    before.goesOver === after.goesOver &&
    before.me === after.me &&
    before.celebrates === after.celebrates &&
    before.coveredFrom === after.coveredFrom &&
    before.host === after.host &&
    before.hides === after.hides &&
    before.entries.length === after.entries.length &&
    before.entries.every((entry, index) => entry === after.entries[index])
  );
}

const Piece = memo(
  ({ entries, goesOver, me, celebrates, coveredFrom, host, hides }: PieceProps) => {
    const { parts, heads } = fold(entries, hides);
    const item = (message: Message) => (
      <MessageItem
        key={message.id}
        message={message}
        me={me}
        covered={message.at >= coveredFrom && !message.gone && message.seat !== me}
        paused={coveredFrom !== Infinity}
        host={host}
        quotes={message.replyTo === null || !hides.has(message.replyTo.split(".")[0] ?? "")}
        opens={message.opens || heads.has(message.id)}
      />
    );
    return (
      <div class={goesOver ? "piece goes-over" : "piece"}>
        {inShares(parts).map((entry) =>
          entry.kind === "folded" ? (
            <FoldedLine key={entry.id} folded={entry} />
          ) : entry.kind === "mark" ? (
            <Line key={entry.id} what={entry.what} name={entry.name} where={entry.where} />
          ) : entry.kind === "milestone" ? (
            <MilestoneItem key={entry.id} milestone={entry} me={me} celebrates={celebrates} />
          ) : entry.kind === "share" ? (
            <ShareBlock key={entry.id} share={entry} me={me} goesOn={!entry.messages[0]?.opens && !heads.has(entry.id)}>
              {entry.messages.map(item)}
            </ShareBlock>
          ) : (
            item(entry)
          ),
        )}
      </div>
    );
  },
  same,
);

/** What somebody says in their turn stands together, with its sharer. */
function ShareBlock({ share: { messages }, me, goesOn, children }: { share: Share; me: string; goesOn: boolean; children: ComponentChildren }) {
  const first = messages[0];
  if (!first) return null;
  const whose = first.seat === me ? "own" : tint(first.seat);
  return (
    <div class={`share ${whose} ${goesOn ? "goes-on" : ""}`.trim()} role="group" aria-label={t("share-of", { name: first.name })}>
      {children}
    </div>
  );
}

function FoldedLine({ folded: { what, seat, name, count } }: { folded: Folded }) {
  return (
    <p class={`mark mark-${what}`}>
      <span>{t(`log-${what}`, { name, count })}</span>
      {what === "hidden" && (
        <button type="button" class="link" aria-label={t("hidden-show-name", { name })} onClick={() => show(seat)}>
          {t("hidden-show")}
        </button>
      )}
    </p>
  );
}

interface LineProps {
  what: Mark["what"];
  name?: string | undefined;
  where?: Mark["where"];
}

const Line = memo(({ what, name = "", where }: LineProps) => (
  <p class={where ? "mark mark-start came-in" : `mark mark-${what}`}>
    {where && <CameIn where={where} />}
    <span>{t(`log-${what}`, { name })}</span>
  </p>
));

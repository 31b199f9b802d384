/** The message box. It says why it waits, and keeps the words. */

import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../shared/words";
import { may } from "../acts";
import { helplineNumbers } from "../helplines";
import { cameBack, draft, outbox, replyTo, setDraft, view } from "../session";
import { telling, type Found } from "../nudge";
import { find, takesTurns } from "../view";
import { rare } from "./bring";
import { Icon } from "./Icons";
import { Nudge } from "./Nudge";
import { byKeyboard, sheet } from "./sheets";
import { Clock, isTyped, TurnTools } from "./Turns";
import { useWhy, type Why } from "./why";

const LONGEST = 2_000;
const COUNTED = 0.8; // from here on it is shown how much is left

const REPEATED_MS = 2_000;
let typed = { word: "", at: 0 };

/** The same command once more, in the moment in which it takes effect, is not meant as a message. */
function repeated(text: string): boolean {
  const word = text.trim().toLowerCase();
  const again = isTyped(text) && word === typed.word && Date.now() - typed.at < REPEATED_MS;
  if (isTyped(text)) typed = { word, at: Date.now() };
  return again;
}

/** As for all that one says; and where words came back that can go now, why they did. */
function useBoxWhy(): Why {
  const why = useWhy(replyTo.value);
  const here = view.value;
  if (why.text || !here || !cameBack.value) return why;
  const othersTurn = takesTurns(here) && here.room.floor?.seat !== here.you.seat;
  return othersTurn ? { ...why, text: cameBack.value, turn: true } : why;
}

/** As high as its words; the style sheet sets the most. */
function fit(box: HTMLTextAreaElement | null): void {
  if (!box) return;
  box.style.height = "auto";
  if (box.value !== "") box.style.height = `${box.scrollHeight}px`; // empty: one line, however long that is which stands in it then
}

export function Composer() {
  const why = useBoxWhy();
  const later = rare();
  const box = useRef<HTMLTextAreaElement>(null);
  const warningField = useRef<HTMLInputElement>(null);
  const warned = useSignal(draft.value.warning !== "");
  const asked = useSignal<{ text: string; found: readonly Found[] }>({ text: "", found: [] });
  const { text, warning } = draft.value;
  const longest = why.longest ?? LONGEST;
  const countFrom = longest * COUNTED;
  const length = text.length > countFrom ? [...text].length : text.length;
  const waits = why.text !== "" && why.text !== cameBack.value;
  const ready = (!waits || (why.turn === true && isTyped(text))) && text.trim() !== "" && length <= longest;
  const listener = !may("post");
  const celebrates = view.value?.room.segment.offers.includes("milestones") ?? false;
  const asks = asked.value.found.length > 0 && asked.value.text === text && ready;
  const frozenHost = view.value?.room.frozen === true && may("post_in_freeze");

  useLayoutEffect(() => fit(box.current), [text]);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    element.setAttribute("autocorrect", "off"); // as a property, which JSX sets, it is a boolean: "off" would turn it on
    const watch = new ResizeObserver(() => requestAnimationFrame(() => fit(element))); // other letters, or another width
    watch.observe(element);
    return () => watch.disconnect();
  }, [listener]);

  useEffect(() => {
    if (byKeyboard.matches) box.current?.focus(); // a phone's keyboard would cover the room
  }, []);

  useLayoutEffect(() => {
    if (warning !== "") warned.value = true; // words that came back bring theirs
  }, [warning]);

  const { text: whyText } = why;

  useLayoutEffect(() => {
    if (replyTo.value !== null) box.current?.focus();
  }, [replyTo.value]);

  function send(sure = false): void {
    if (!ready) {
      box.current?.focus();
      return;
    }
    if (repeated(text)) return setDraft({ text: "" });
    const found = sure ? [] : telling(`${text}\n${warned.value ? warning : ""}`.trim(), helplineNumbers(), view.value?.room.seats.map((seat) => seat.name) ?? []);
    asked.value = { text, found };
    if (found.length > 0) return;
    outbox.add({
      text: text.trim(),
      ...(replyTo.value !== null ? { reply_to: replyTo.value } : {}),
      ...(warned.value ? { warning: warning.trim() || t("warning-plain") } : {}),
    });
    setDraft({ text: "", warning: "" });
    cameBack.value = "";
    warned.value = false;
    replyTo.value = null;
    box.current?.focus();
  }

  /** Takes one to what was found first. */
  function change(): void {
    const { found } = asked.value;
    asked.value = { text: "", found: [] };
    const places = found.map(({ what }) => ({ from: text.indexOf(what), what })).filter(({ from }) => from >= 0);
    const [first] = places.sort((one, other) => one.from - other.from);
    const field = box.current;
    field?.focus();
    if (!field || !first) return;
    field.setSelectionRange(first.from, first.from + first.what.length);
    field.scrollTop = (field.scrollHeight * first.from) / text.length - field.clientHeight / 2; // about there: a browser shows only what is typed
  }

  return (
    <form
      class={`composer${waits ? " waits" : ""}${asks ? " nudges" : ""}`}
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {whyText && (
        <p class={why.turn ? "why calm" : "why"} id="box-why">
          <span role="status">
            {whyText}
            {waits && !listener && text !== "" && ` ${t("box-stays")}`}
          </span>
          {why.until !== undefined && <Clock until={why.until} />}
        </p>
      )}
      {frozenHost && <p class="why">{t("box-frozen-host")}</p>}
      {!listener && celebrates && <MilestoneButton />}
      <TurnTools />
      {asks && <Nudge found={asked.value.found} send={() => send(true)} change={() => change()} />}
      <ReplyChip />
      {warned.value && (
        <div class="joined warning-field">
          <input
            ref={warningField}
            aria-label={t("box-warning-label")}
            placeholder={t("box-warning-label")}
            maxLength={80}
            dir="auto"
            autocomplete="off"
            value={warning}
            onInput={(event) => setDraft({ warning: event.currentTarget.value })}
          />
          <button
            type="button"
            class="square"
            aria-label={t("box-warning-off")}
            onClick={() => {
              warned.value = false;
              setDraft({ warning: "" });
            }}
          >
            <Icon name="close" />
          </button>
        </div>
      )}
      {!listener && (
        <div class="box">
          <button type="button" class="quiet square" aria-label={t("box-warning")} title={t("box-warning")} aria-expanded={warned.value} onClick={() => (warned.value ? warningField.current?.focus() : (warned.value = true))}>
            <Icon name="cover" />
          </button>
          {!celebrates && <MilestoneButton quiet />}
          <textarea
            ref={box}
            rows={1}
            dir="auto"
            aria-label={t("box-label")}
            aria-describedby={whyText ? "box-why" : undefined}
            placeholder={t("box-placeholder")}
            autocomplete="off"
            autocapitalize="sentences"
            spellcheck={false}
            value={text}
            onInput={(event) => {
              const { value } = event.currentTarget;
              setDraft({ text: value });
              if (value === "") cameBack.value = "";
            }}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229 || !byKeyboard.matches) return;
              event.preventDefault();
              send();
            }}
          />
          <button type="submit" class="primary send" aria-disabled={!ready}>
            <Icon name="send" /> <span>{t("box-send")}</span>
          </button>
        </div>
      )}
      {length > countFrom && (
        <p class={length > longest ? "count over" : "count"} role="status">
          {length > longest ? t("box-over", { count: length - longest }) : t("box-left", { count: longest - length })}
        </p>
      )}
      {!listener && length <= countFrom && <p class="keys">{t("box-keys")}</p>}
      {later && <later.UntilNext />}
    </form>
  );
}

/** In front in a part that is for milestones; elsewhere in the box, quietly. */
function MilestoneButton({ quiet }: { quiet?: boolean }) {
  const open = (): void => {
    sheet.value = { is: "milestone" };
  };
  if (quiet) {
    return (
      <button type="button" class="quiet square" aria-label={t("milestone-open")} title={t("milestone-open")} aria-haspopup="dialog" onClick={open}>
        <Icon name="celebrate" />
      </button>
    );
  }
  return (
    <p class="milestone-offer">
      <button type="button" aria-haspopup="dialog" onClick={open}>
        <Icon name="celebrate" /> {t("milestone-open")}
      </button>
    </p>
  );
}

function ReplyChip() {
  const here = view.value;
  const id = replyTo.value;
  if (!here || id === null) return null;
  const message = find(here, id);
  if (message?.kind !== "message" || message.gone) return null;
  return (
    <div class="reply-chip">
      <Icon name="reply" />
      <p>
        <span class="hint">{t("replying-to", { name: message.name })}</span>
        <span class="quoted" dir="auto">
          {message.warning ?? message.text}
        </span>
      </p>
      <button type="button" class="quiet square" aria-label={t("box-reply-off")} onClick={() => (replyTo.value = null)}>
        <Icon name="close" />
      </button>
    </div>
  );
}

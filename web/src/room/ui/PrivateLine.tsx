/** A small chat, and with it the private line of a call, from both sides. */

import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { atTime, t } from "../../shared/words";
import { write } from "../acts";
import type { Written } from "../line";
import { lines } from "../session";
import { Notice } from "./Parts";

const LONGEST = 2_000;

interface Props {
  written: readonly Written[];
  me: string;
  label: string;
  field: string;
  nothing: string;
  button: string;
  send: ((id: string, text: string) => Promise<string>) | null;
}

export function Chat({ written, me, label, field, nothing, button, send }: Props) {
  const text = useSignal("");
  const trouble = useSignal("");
  const busy = useSignal(false);
  const id = useSignal(newId());
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [written.length]);

  async function go(event: Event): Promise<void> {
    event.preventDefault();
    const words = text.value.trim();
    if (!send || busy.value || words === "") return;
    busy.value = true;
    trouble.value = await send(id.value, words);
    busy.value = false;
    if (trouble.value !== "") return; // sent again under the same id, so that it is said once
    if (text.value.trim() === words) text.value = "";
    id.value = newId();
  }

  return (
    <div class="chat">
      <div class="chat-log" role="log" aria-live="polite" aria-label={label} tabIndex={0} ref={list}>
        {written.length === 0 && <p class="hint">{nothing}</p>}
        {written.map((one) => (
          <p key={one.id} class={one.seat === me ? "line-words mine" : "line-words"}>
            <span class="hint">
              {one.seat === me ? t("line-you") : <bdi>{one.name}</bdi>} · <time dateTime={new Date(one.at).toISOString()}>{atTime(one.at)}</time>
            </span>
            <span class="words" dir="auto">
              {one.text}
            </span>
          </p>
        ))}
      </div>
      {send && (
        <form onSubmit={(event) => void go(event)}>
          <label class="field">
            <span>{field}</span>
            <textarea
              rows={2}
              dir="auto"
              maxLength={LONGEST}
              autocomplete="off"
              spellcheck={false}
              value={text.value}
              onInput={(event) => (text.value = event.currentTarget.value)}
            />
          </label>
          <Notice text={trouble.value} />
          <p class="row end">
            <button type="submit" class="primary" aria-disabled={busy.value || text.value.trim() === ""}>
              {button}
            </button>
          </p>
        </form>
      )}
    </div>
  );
}

function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** `open`: it can be written on. */
export function PrivateLine({ call, me, open }: { call: string; me: string; open: boolean }) {
  return (
    <Chat
      written={lines.value.written[call] ?? []}
      me={me}
      label={t("line-log")}
      field={t("line-field")}
      nothing={t("line-nothing")}
      button={t("line-send")}
      send={open ? (id, text) => write("help_say", { call, id, text }) : null}
    />
  );
}

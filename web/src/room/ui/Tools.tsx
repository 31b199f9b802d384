import { useSignal } from "@preact/signals";
import { t } from "../../shared/words";
import { may } from "../acts";
import { firstMessages, lobby, lock, slow } from "../leading";
import { slug, view } from "../session";
import { Extend } from "./Extend";
import { Switch } from "./Parts";
import { sheet } from "./sheets";

const SLOW = [0, 10, 30, 60, 300];

export function RoomSwitches() {
  const here = view.value;
  if (!here) return null;
  const { room } = here;
  const steps = SLOW.includes(room.slow_seconds) ? SLOW : [...SLOW, room.slow_seconds];
  return (
    <section class="part switches" aria-labelledby="room-title">
      <h2 id="room-title">{t("the-room")}</h2>
      {may("lobby") && <Switch on={room.lobby} label={t("lobby")} hint={t(room.wave ? "lobby-by-itself" : "lobby-hint")} change={lobby} />}
      {may("first_messages") && <Switch on={room.first_messages} label={t("first-messages")} hint={t("first-messages-hint")} change={firstMessages} />}
      {may("lock") && <Switch on={room.locked} label={t("lock")} hint={t("lock-hint")} change={lock} />}
      {may("slow") && (
        <div class="switch">
          <label for="slow">
            <strong>{t("slow")}</strong>
            <small>{t("slow-hint")}</small>
          </label>
          <select id="slow" value={room.slow_seconds} onChange={(event) => void slow(Number(event.currentTarget.value))}>
            {steps.map((seconds) => (
              <option key={seconds} value={seconds}>
                {seconds === 0 ? t("slow-off") : seconds % 60 === 0 ? t("slow-minutes", { minutes: seconds / 60 }) : t("slow-seconds", { seconds })}
              </option>
            ))}
          </select>
        </div>
      )}
      <MembersLink />
      {may("extend") && <Extend />}
      {may("close") && (
        <button type="button" class="danger" onClick={() => (sheet.value = { is: "close" })}>
          {t("close-meeting")}
        </button>
      )}
    </section>
  );
}

function MembersLink() {
  const copied = useSignal(false);
  const address = `${location.origin}/r/${slug}`;
  return (
    <div class="members-link">
      <strong id="members-link">{t("members-link")}</strong>
      <div class="joined">
        <input readOnly value={address} aria-labelledby="members-link" onFocus={(event) => event.currentTarget.select()} />
        {"clipboard" in navigator && (
          <button type="button" onClick={() => void navigator.clipboard.writeText(address).then(() => (copied.value = true))}>
            {t(copied.value ? "copied" : "copy")}
          </button>
        )}
      </div>
      <small>{t("members-link-hint")}</small>
    </div>
  );
}

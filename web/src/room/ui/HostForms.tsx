/** What a host fills in about one person. */

import { useSignal } from "@preact/signals";
import { t } from "../../shared/words";
import { remove, rename } from "../leading";
import { NameField, NameLeft } from "./NameField";
import { Notice } from "./Parts";
import { closeSheet, Sheet } from "./Sheet";
import type { OpenSheet } from "./sheets";

export function RemoveSheet({ open }: { open: Extract<OpenSheet, { is: "remove" }> }) {
  const retract = useSignal(open.retract);
  const ban = useSignal(open.ban);
  const reason = useSignal("");
  const refused = useSignal("");
  return (
    <Sheet title={t(ban.value ? "ban-title" : "remove-title", { name: open.name })}>
      <form
        onSubmit={async (event) => {
          event.preventDefault();
          const how = { retract: retract.value, ban: ban.value, reason: reason.value.trim() };
          refused.value = await remove(open.seat, open.name, how);
          if (!refused.value) closeSheet();
        }}
      >
        <p>{t(ban.value ? "ban-text" : "remove-text")}</p>
        <Check on={retract.value} set={(on) => (retract.value = on)} label={t("remove-retract")} hint={t("remove-retract-hint")} />
        <Check on={ban.value} set={(on) => (ban.value = on)} label={t("remove-ban-check")} hint={t("remove-ban-hint")} />
        <label class="field">
          <span>{t("remove-reason")}</span>
          <textarea rows={2} dir="auto" maxLength={500} autocomplete="off" value={reason.value} onInput={(event) => (reason.value = event.currentTarget.value)} />
        </label>
        <Notice text={refused.value} />
        <p class="row end">
          <button type="button" onClick={closeSheet}>
            {t("cancel")}
          </button>
          <button type="submit" class="danger" autofocus>
            {t(ban.value ? "ban-yes" : "remove-yes")}
          </button>
        </p>
      </form>
    </Sheet>
  );
}

function Check({ on, set, label, hint }: { on: boolean; set: (on: boolean) => void; label: string; hint: string }) {
  return (
    <label class="check">
      <input type="checkbox" checked={on} onChange={(event) => set(event.currentTarget.checked)} />
      <span>
        <strong>{label}</strong> <small>{hint}</small>
      </span>
    </label>
  );
}

export function RenameSheet({ open }: { open: Extract<OpenSheet, { is: "rename" }> }) {
  const name = useSignal("");
  const refused = useSignal("");
  return (
    <Sheet title={t("rename-title", { name: open.name })}>
      <form
        onSubmit={async (event) => {
          event.preventDefault();
          if (!name.value.trim()) return;
          refused.value = await rename(open.seat, name.value.trim(), open.name);
          if (!refused.value) closeSheet();
        }}
      >
        <label class="field">
          <span>{t("rename-field")}</span>
          <NameField autofocus value={name.value} set={(value) => (name.value = value)} />
        </label>
        <NameLeft value={name.value} />
        <Notice text={refused.value} />
        <p class="row end">
          <button type="button" onClick={closeSheet}>
            {t("cancel")}
          </button>
          <button type="submit" class="primary">
            {t("rename-save")}
          </button>
        </p>
      </form>
    </Sheet>
  );
}

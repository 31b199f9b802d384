import { t } from "../../shared/words";
import { goneCallers, putAwayCaller } from "../callers";

/** They cannot be written to any more. But that they asked is not for nobody. */
export function GoneCallers() {
  return (
    <div role="status" aria-atomic={false}>
      {goneCallers.value.map(({ call, name, answered }) => (
        <article key={call} class="call">
          <h3>{t("caller-gone", { name })}</h3>
          <p class="hint">{t(answered ? "caller-gone-answered" : "caller-gone-alone")}</p>
          <p class="row">
            <button type="button" class="small-button quiet" onClick={() => putAwayCaller(call)}>
              {t("call-done")}
            </button>
          </p>
        </article>
      ))}
    </div>
  );
}

/** For the facilitator: the hats that somebody wears on top of their role, for this visit. */

import { t } from "../../shared/words";
import { appointHat } from "../leading";
import { view } from "../session";
import { HATS } from "../types";
import { Switch } from "./Parts";
import { Sheet } from "./Sheet";

export function HatsSheet({ seat, name }: { seat: string; name: string }) {
  const person = view.value?.room.seats.find((one) => one.seat === seat);
  if (!person) return null;
  return (
    <Sheet title={t("hats-title", { name })}>
      <div class="switches">
        {HATS.map((hat) => {
          const on = person.hats.includes(hat);
          return <Switch key={hat} on={on} label={t(`hat-${hat}`)} hint={t(`does-${hat}`)} change={() => appointHat(seat, hat, !on)} />;
        })}
      </div>
    </Sheet>
  );
}

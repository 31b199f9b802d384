/** In the log: that one has been given a task, and where its tools are; or that it is over. */

import { t } from "../../shared/words";

export function HatLine({ hat, over }: { hat: string; over: boolean }) {
  return <>{over ? t("your-hat-over", { name: t(`hat-${hat}`) }) : t("your-hat", { hat })}</>;
}

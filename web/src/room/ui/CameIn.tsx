/** For who comes late, in the first line of the log: where the meeting is. What was said stays with those who heard it. */

import { t } from "../../shared/words";
import type { Where } from "../log";

export function CameIn({ where: { part, index, parts, floor, hands, topic } }: { where: Where }) {
  const sentences = [index < 0 ? t("came-in-after", { part }) : t("came-in", { part, index: index + 1, parts })];
  if (floor) sentences.push(t("came-in-floor", { name: floor.name, count: hands }));
  if (topic !== null) sentences.push(t("came-in-topic", { topic }));
  return <span>{sentences.map((sentence) => `${sentence} `)}</span>;
}

/** What the meeting shares about, in one calm place where all see it. */

import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../shared/words";

export function TopicLine({ topic }: { topic: string }) {
  const words = useRef<HTMLParagraphElement>(null);
  const open = useSignal(false);
  const long = useSignal(false);
  useLayoutEffect(() => {
    const element = words.current;
    if (!element) return undefined;
    const watch = new ResizeObserver(() => {
      if (!open.value) long.value = element.scrollHeight > element.clientHeight + 1;
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, [topic]);
  return (
    <div class="topic">
      <p ref={words} class={open.value ? "topic-words" : "topic-words short"}>
        {t("topic")} <bdi>{topic}</bdi>
      </p>
      {long.value && (
        <button type="button" class="link" aria-expanded={open.value} onClick={() => (open.value = !open.value)}>
          {t(open.value ? "topic-less" : "topic-more")}
        </button>
      )}
    </div>
  );
}

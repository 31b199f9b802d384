/** A few strokes of our own: no icon font, nothing fetched. Each stands beside a word or a label. */

const PATHS = {
  help: "M10 17s-6.5-3.8-6.5-8.4A3.6 3.6 0 0 1 10 6.4a3.6 3.6 0 0 1 6.5 2.2C16.5 13.2 10 17 10 17Z",
  exit: "M12 4h4v12h-4M3.5 10H12M9 6.5 12.5 10 9 13.5",
  more: "M5 10h.01M10 10h.01M15 10h.01",
  send: "M10 16V4.5M5 9.5l5-5 5 5",
  people: "M7.5 9.5a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4ZM2.5 16c.3-2.7 2.4-4.2 5-4.2s4.7 1.5 5 4.2M13 4.6a2.5 2.5 0 0 1 0 4.7M14.5 12c1.7.5 2.8 1.9 3 4",
  tools: "M4 6h7M15 6h1M4 14h1M9 14h7M13 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM7 16a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
  pause: "M7 5v10M13 5v10",
  play: "M7 4.5v11l8.5-5.5Z",
  cover: "M3 10s2.6-4.5 7-4.5S17 10 17 10s-2.6 4.5-7 4.5S3 10 3 10ZM4.5 16 15.5 4",
  reply: "M8 5 3.5 9.5 8 14M4 9.5h7.5c3 0 5 1.8 5 5",
  close: "M5 5l10 10M15 5 5 15",
  down: "M10 4v11.5M5 11l5 5 5-5",
  hand: "M7 10.5V5.4a1.2 1.2 0 0 1 2.4 0v4M9.4 9V4a1.2 1.2 0 0 1 2.4 0v5M11.8 9V5.6a1.2 1.2 0 0 1 2.4 0v5.9c0 3.2-1.8 5-4.6 5-2.2 0-3.5-1-4.6-3.1l-1.5-2.9A1.1 1.1 0 0 1 5.4 9.4L7 11.5",
  question: "M7 7.2a3 3 0 1 1 4.6 2.6c-1 .6-1.6 1.2-1.6 2.4M10 15.5h.01",
  check: "M4.5 10.5 8.5 14.5 15.5 6",
  list: "M4 5h.01M8 5h8.5M4 10h.01M8 10h8.5M4 15h.01M8 15h8.5",
  with_you: "M10 16.5s-6-3.5-6-7.9A3.3 3.3 0 0 1 10 6.5a3.3 3.3 0 0 1 6 2.1c0 4.4-6 7.9-6 7.9Z",
  thank_you: "M10 3.5v13M4.4 6.8l11.2 6.4M15.6 6.8 4.4 13.2",
  me_too: "M7.5 13a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12.5 15.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z",
  hug: "M3.5 7.5c0 5 2.9 8 6.5 8s6.5-3 6.5-8M7 7.5c0 2.6 1.3 4.3 3 4.3s3-1.7 3-4.3",
  candle: "M10 2.8c1.5 1.7 1.9 2.7 1.9 3.5a1.9 1.9 0 0 1-3.8 0c0-.8.4-1.8 1.9-3.5ZM7.5 10.5h5V17h-5Z",
  celebrate: "M10 2.5v4M10 13.5v4M2.5 10h4M13.5 10h4M5 5l2.2 2.2M12.8 12.8 15 15M15 5l-2.2 2.2M7.2 12.8 5 15",
  info: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 9.2v4.3M10 6.6h.01",
  calendar: "M4 5.5h12v11H4ZM4 9h12M7.5 3.5v3M12.5 3.5v3",
} as const;

export type IconName = keyof typeof PATHS;

/** Those that point somewhere, or are a letter, turn round where the page is read from right to left. */
const TURNED: ReadonlySet<IconName> = new Set(["exit", "reply", "list", "question", "tools"]);

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={TURNED.has(name) ? "icon turned" : "icon"} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

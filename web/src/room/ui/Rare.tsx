/** What everybody may open in a room, and few do in its first minute: a script of its own, brought while the line is quiet. */

import { lookWhetherStill } from "../still";
import { AboutSheet } from "./About";
import { BreatheSheet } from "./Breathe";
import { ComfortSheet } from "./Comfort";
import { QuestionSheet, ReportSheet } from "./Forms";
import { MessageMenu, PersonMenu } from "./Menus";
import { MilestoneSheet } from "./MilestoneSheet";
import type { OpenSheet } from "./sheets";

lookWhetherStill();

export { Cards } from "./Cards";
export { LineNews } from "./LineNews";
export { NotOpen } from "./NotOpen";
export { PollCard } from "./Poll";
export { SpokenTo } from "./SpokenTo";
export { UntilNext } from "./UntilNext";

export type OfRare = Extract<OpenSheet, { is: "message" | "person" | "report" | "question" | "about" | "milestone" | "comfort" | "breathe" }>;

export function RareSheet({ open }: { open: OfRare }) {
  switch (open.is) {
    case "message":
      return <MessageMenu key={open.id} open={open} />;
    case "person":
      return <PersonMenu key={open.seat} open={open} />;
    case "report":
      return <ReportSheet id={open.id} />;
    case "question":
      return <QuestionSheet />;
    case "comfort":
      return <ComfortSheet />;
    case "breathe":
      return <BreatheSheet />;
    case "about":
      return <AboutSheet />;
    case "milestone":
      return <MilestoneSheet />;
  }
}

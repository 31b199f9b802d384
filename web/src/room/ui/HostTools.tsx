/** All that only those see who lead or serve: a script of its own, which members' phones never fetch. */

export { Raid, Wave } from "./Raid";
export { RunSheet } from "./RunSheet";
export { ServiceSheet } from "./ServiceSheet";
export { NeedsYou, RoomSwitches } from "./Tools";

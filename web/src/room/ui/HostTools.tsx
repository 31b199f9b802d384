/** All that only those see who lead or serve: a script of its own, which members' phones never fetch. */

export { ForHosts } from "./ForHosts";
export { Raid, Wave } from "./Raid";
export { BeforeTheStart, RunSheetButton } from "./Leading";
export { RunSheet } from "./RunSheet";
export { ServiceSheet } from "./ServiceSheet";
export { RoomSwitches } from "./Tools";
export { CallsWaiting, NeedsYou } from "./NeedsYou";
export { HostsChannel } from "./HostsChannel";
export { HostSheet } from "./HostSheet";
export { OverMessage, OverMessageNow, OverPerson, OverPersonNow } from "./HostMenu";
export { Steady } from "./Steady";

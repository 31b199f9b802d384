/** All that only those see who lead or serve: a script of its own, which members' phones never fetch. */

export { banNow } from "../leading";
export { Raid, Wave } from "./Raid";
export { BeforeTheStart, RunSheetButton } from "./Leading";
export { RunSheet } from "./RunSheet";
export { ServiceSheet } from "./ServiceSheet";
export { RoomSwitches } from "./Tools";
export { CallsWaiting, NeedsYou } from "./NeedsYou";
export { HostsChannel } from "./PrivateLine";
export { RemoveSheet, RenameSheet } from "./HostForms";
export { HatsSheet } from "./HatsSheet";
export { ListenerSheet, WarnSheet } from "./KindWords";

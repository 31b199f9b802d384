/** All that only those see who lead or serve: a script of its own, which members' phones never fetch. */

export { Raid, Wave } from "./Raid";
export { BeforeTheStart, RunSheetButton } from "./Leading";
export { RunSheet } from "./RunSheet";
export { ServiceSheet } from "./ServiceSheet";
export { RoomSwitches } from "./Tools";
export { CallsWaiting, NeedsYou } from "./NeedsYou";
export { LineSheet } from "./LineSheet";
export { HostsChannel } from "./HostsChannel";
export { RemoveSheet, RenameSheet } from "./HostForms";
export { OverMessage, OverPerson } from "./HostMenu";
export { HatsSheet } from "./HatsSheet";
export { ListenerSheet, WarnSheet } from "./KindWords";

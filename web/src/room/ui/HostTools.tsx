/** All that only those see who lead or serve: a script of its own, which members' phones never fetch. */

import "./more";

export { ForHosts } from "./ForHosts";
export { RunSheet } from "./RunSheet";
export { ServiceSheet } from "./ServiceSheet";
export { RoomSwitches } from "./Tools";
export { CallsWaiting, NeedsYou } from "./NeedsYou";
export { HostsChannel } from "./HostsChannel";
export { HostSheet } from "./HostSheet";

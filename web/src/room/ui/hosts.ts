import { later } from "./later";

/** The tools of who leads or serves, once somebody here does. */
export const hostTools = later("hosts", () => import("./HostTools"));

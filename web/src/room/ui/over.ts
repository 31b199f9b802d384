import { later } from "./later";

/** What opens over the room, and help. Fetched as soon as the first screen stands: at the moment of need it is there. */
export const overRoom = later("sheets", () => import("./Sheets"));

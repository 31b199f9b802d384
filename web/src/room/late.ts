/** After an upgrade the address of a script is gone: then asking again is of no use, and a new page is. */

import { signal } from "@preact/signals";

/** A script that comes later does not come, however often it is asked for. */
export const late = signal(false);

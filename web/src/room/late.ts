/** Some browsers remember that a script failed, and after an upgrade its address is gone: then asking again is of no use, and a new page is. */

import { signal } from "@preact/signals";

/** A script that comes later does not come, however often it is asked for. */
export const late = signal(false);

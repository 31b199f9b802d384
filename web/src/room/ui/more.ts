/** The sentences of every script that comes later. */

import sentences from "../../../locales/en.ftl?hosts";
import { say } from "../../shared/words";

say(sentences);

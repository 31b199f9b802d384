// The codes of meeting types, by the specification's own package: {code: English name}.
import { readFileSync } from "node:fs";
import spec from "@code4recovery/spec";

readFileSync(0);
console.log(JSON.stringify(spec.getTypesForLanguage("en")));

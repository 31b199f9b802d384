// Runs a script as a page would, and prints the tsml_react_config that it leaves.
import { readFileSync } from "node:fs";
import vm from "node:vm";

const page = vm.createContext({});
vm.runInContext(JSON.parse(readFileSync(0, "utf-8")), page);
console.log(JSON.stringify(page.tsml_react_config));

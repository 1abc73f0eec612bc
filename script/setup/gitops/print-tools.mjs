// Tests are no modules of this kind and run it as a process: what it finds is on the last line.
import { findTools } from "./find-tools.mjs";

console.log(JSON.stringify(await findTools()));

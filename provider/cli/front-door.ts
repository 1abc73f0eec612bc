import { createRequire } from "node:module";

const load = createRequire(__filename);

/** The package's front door. It brings the engine's library along, half a second: only who parses a file waits for it. */
export function frontDoor(): typeof import("../index") {
  return load("../index") as typeof import("../index");
}

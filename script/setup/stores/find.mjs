// node script/setup/stores/find.mjs NAME: finds a server in which tests keep state, or makes it, and writes where it is as
// JSON to descriptor 3, so that what is shown meanwhile goes to standard output.
import { writeSync } from "node:fs";
import { report } from "../../shared/failure.mjs";
import { findPostgresql } from "./postgresql.mjs";
import { findS3Server } from "./s3-server.mjs";

const finders = { s3: findS3Server, postgresql: findPostgresql };

try {
  writeSync(3, JSON.stringify((await finders[process.argv[2]]()) ?? null));
} catch (error) {
  report(error);
  process.exitCode = 1;
}

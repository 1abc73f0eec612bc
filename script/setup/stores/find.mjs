// node script/setup/stores/find.mjs NAME: answers where a server is in which tests keep state; makes it where that is needed.
import { answer } from "../../shared/answer.mjs";
import { findPostgresql } from "./postgresql.mjs";
import { findS3Server } from "./s3-server.mjs";

const finders = { s3: findS3Server, postgresql: findPostgresql };

await answer(() => finders[process.argv[2]]());

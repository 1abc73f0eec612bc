import { join } from "node:path";
import { root } from "../../shared/paths.mjs";
import { findGoProgram } from "../go-program.mjs";

/** Finds the S3 server in which tests keep state; the folder to put on PATH. */
export function findS3Server() {
  return findGoProgram({
    title: "Versitygw",
    folder: join(root, "tools", "versitygw"),
    program: "versitygw",
    module: "github.com/versity/versitygw",
    package: "github.com/versity/versitygw/cmd/versitygw",
    needed: "tests of state in S3",
  });
}

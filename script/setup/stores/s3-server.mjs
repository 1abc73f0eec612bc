import { findGoProgram } from "../go-program.mjs";

/** Finds the S3 server in which tests keep state; the folder to put on PATH. */
export function findS3Server() {
  return findGoProgram({
    name: "versitygw",
    title: "Versitygw",
    program: "versitygw",
    module: "github.com/versity/versitygw",
    package: "github.com/versity/versitygw/cmd/versitygw",
    without: "tests of state in S3",
  });
}

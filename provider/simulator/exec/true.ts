import type { Program } from "./program";

/** `true`: run by tools to check that they can log in. */
export const doNothing: Program = {
  paths: ["true", "/bin/true", "/usr/bin/true"],
  prepare: () => ({
    entry: { operation: "true", target: "", write: false },
    run: () => ({ exitCode: 0, stdout: "", stderr: "" }),
  }),
};

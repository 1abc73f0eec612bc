import type { Program } from "./program";

/** `true`: what a tool runs to see that it can log in. */
export const doNothing: Program = {
  paths: ["true", "/bin/true", "/usr/bin/true"],
  prepare: () => ({
    entry: { operation: "true", target: "", write: false },
    run: () => ({ exitCode: 0, stdout: "", stderr: "" }),
  }),
};

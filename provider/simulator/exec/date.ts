import type { Program } from "./program";

/** `date +%s`: seconds since 1970 by the server's clock. */
export const date: Program = {
  paths: ["date", "/bin/date", "/usr/bin/date"],
  prepare: (_, words) => ({
    entry: { operation: "date", target: "", write: false },
    run: ({ server }) =>
      words.join(" ") === "+%s"
        ? { exitCode: 0, stdout: `${server.seconds()}\n`, stderr: "" }
        : { exitCode: 1, stdout: "", stderr: "date: this use is not simulated\n" },
  }),
};

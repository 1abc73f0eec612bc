import type { Program } from "./program";

/** `cpanel -V`: the version in its everyday form, such as `136.0 (build 5)`. */
export const cpanel: Program = {
  paths: ["/usr/local/cpanel/cpanel"],
  prepare: (_, words) => ({
    entry: { operation: "cpanel", target: words.join(" ") === "-V" ? "-V" : "", write: false },
    run: ({ server }) => {
      const [, major = "0", minor = "0", build = "0"] = server.version.split(".");
      return { exitCode: 0, stdout: `${major}.${minor} (build ${build})\n`, stderr: "" };
    },
  }),
};

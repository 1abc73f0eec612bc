import type { ApiFunction } from "./function";

/** `version`: the four-part version. */
export const version: ApiFunction = {
  name: "version",
  write: false,
  run: ({ server }) => ({ version: server.version }),
};

import type { ApiFunction } from "./function";

/** `gethostname`: the server's own name. */
export const gethostname: ApiFunction = {
  name: "gethostname",
  write: false,
  run: ({ server }) => ({ hostname: server.identity.hostname }),
};

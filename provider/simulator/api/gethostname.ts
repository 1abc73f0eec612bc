import { hostnameOf } from "../identity-files";
import type { ApiFunction } from "./function";

/** `gethostname`: the server's own name. */
export const gethostname: ApiFunction = {
  name: "gethostname",
  write: false,
  run: ({ server: { files, identity } }) => ({ hostname: hostnameOf(files, identity) }),
};

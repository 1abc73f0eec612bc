import { privilegeMap } from "../privileges";
import type { ApiFunction } from "./function";

/** `myprivs`: what the caller may do. */
export const myprivs: ApiFunction = {
  name: "myprivs",
  write: false,
  run: ({ server, caller }) => ({ privileges: [privilegeMap(server.identity.type, caller.acls)] }),
};

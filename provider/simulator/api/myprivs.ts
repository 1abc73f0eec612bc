import { privilegeMap } from "../privileges";
import type { ApiFunction } from "./function";

/** `myprivs`: the caller's privileges. */
export const myprivs: ApiFunction = {
  name: "myprivs",
  write: false,
  run: ({ server, caller }) => ({ privileges: [privilegeMap(server.identity.type, caller.acls)] }),
};

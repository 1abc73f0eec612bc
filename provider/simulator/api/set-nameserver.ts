import { chooseNameserver, nameservers } from "../nameserver";
import { Refusal } from "../refusal";
import type { ApiFunction } from "./function";

/** `set_nameserver`: success means that the change is queued; here it is made at once. */
export const setNameserver: ApiFunction = {
  name: "set_nameserver",
  write: true,
  privilege: "all",
  target: (parameters) => parameters.get("nameserver") ?? "",
  run: ({ server, parameters, effect }) => {
    const wanted = (parameters.get("nameserver") ?? "").toLowerCase();
    const nameserver = nameservers.find((name) => name === wanted);
    if (nameserver === undefined) throw new Refusal("nameserver must be one of: BIND, PowerDNS, Disabled");
    if (effect === "full") chooseNameserver(server.files, nameserver);
    return { nameserver, message: `The nameserver is being set to ${nameserver}.` };
  },
};

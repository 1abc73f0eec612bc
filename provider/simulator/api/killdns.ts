import { spread } from "../spread";
import { removeZone } from "../zones";
import type { ApiFunction } from "./function";

/**
 * `killdns`: deletes a zone here and on the members with the role sync; members with the role write-only keep it. Says that it
 * has succeeded whatever happened. Half done, it is deleted on this server alone.
 */
export const killdns: ApiFunction = {
  name: "killdns",
  write: true,
  privilege: "kill-dns",
  target: (parameters) => parameters.get("domain") ?? "",
  run: ({ server, parameters, effect }) => {
    const domain = parameters.require("domain");
    if (effect === "half") removeZone(server.files, domain);
    if (effect === "full") spread(server, ({ files }) => removeZone(files, domain), { onWriteOnly: false });
    return undefined;
  },
};

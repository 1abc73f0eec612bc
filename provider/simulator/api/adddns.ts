import { Refusal } from "../refusal";
import { spread } from "../spread";
import { newZoneText, readZone, writeZone } from "../zones";
import type { ApiFunction } from "./function";

/** `adddns`: makes a zone and sends it to the members. Half done, it is on this server alone. */
export const adddns: ApiFunction = {
  name: "adddns",
  write: true,
  privilege: "create-dns",
  target: (parameters) => parameters.get("domain") ?? "",
  run: ({ server, parameters, effect }) => {
    const [domain, ip] = [parameters.require("domain"), parameters.require("ip")];
    if (!/^([a-z0-9-]+\.)+[a-z0-9-]+$/.test(domain)) throw new Refusal(`“${domain}” is not a valid domain.`);
    if (readZone(server.files, domain) !== undefined)
      throw new Refusal(`A DNS entry for “${domain}” already exists.`);
    const text = newZoneText(domain, ip, server.world.now());
    if (effect === "half") writeZone(server.files, domain, text);
    if (effect === "full")
      spread(server, ({ files }) => writeZone(files, domain, text), { onWriteOnly: true });
    return undefined;
  },
};

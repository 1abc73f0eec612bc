import type { Servers } from "../../schema/server";
import { failed, ok, type CheckResult } from "../../survey";
import { countText, listText } from "../../topology";

/** Checks what the connections say without asking a server. */
export function connectionsResult(servers: Servers): CheckResult {
  const names = Object.keys(servers);
  const shared = sharedAddresses(servers);
  if (shared.length === 0) return ok(countText(names.length, "server"));
  return failed(
    shared.map(([address, names]) => `${listText(names)} have the address ${address}`).join("; "),
    "Correct address and publicAddress: members are stored by them, and each belongs to one server.",
  );
}

/** Lists the addresses that several servers are declared with. */
function sharedAddresses(servers: Servers): [address: string, names: string[]][] {
  const namesByAddress = new Map<string, string[]>();
  for (const [name, { address, publicAddress }] of Object.entries(servers))
    for (const each of new Set([address, publicAddress]))
      if (each !== undefined) namesByAddress.set(each, [...(namesByAddress.get(each) ?? []), name]);
  return [...namesByAddress].filter(([, names]) => names.length > 1);
}

import type { Simulator } from "../../provider/simulator";
import { memberFile } from "../helpers/server-files";

/** What a server holds of a cluster, by the names of the other servers. */
export interface HeldByServer {
  /** Roles by member. */
  readonly members: Readonly<Record<string, string>>;
  /** Nameservers whose addresses it trusts, sorted. */
  readonly trusts: readonly string[];
}

/** The cluster as it is in the files of the servers, without those that hold nothing of it. */
export function clusterOn(simulator: Simulator): Record<string, HeldByServer> {
  const names = new Map(Object.entries(simulator.servers).map(([name, { address }]) => [address, name]));
  const held = Object.keys(simulator.servers).map((server) => {
    const files = simulator.files(server);
    const members = [...names].flatMap(([address, name]) => {
      const role = files.read(`${memberFile(address!)}-dnsrole`);
      return role === undefined ? [] : [[name, role] as const];
    });
    const lines = (files.read("/etc/ips.remotedns") ?? "").split("\n").filter(Boolean);
    const trusts = lines.map((address) => names.get(address) ?? address).sort();
    return [server, { members: Object.fromEntries(members), trusts }] as const;
  });
  return Object.fromEntries(
    held.filter(([, { members, trusts }]) => Object.keys(members).length + trusts.length > 0),
  );
}

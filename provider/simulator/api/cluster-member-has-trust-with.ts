import { listMembers, readMember } from "../members";
import { Refusal } from "../refusal";
import type { SimulatedServer } from "../simulated-server";
import type { ApiFunction } from "./function";
import { isIPv4 } from "node:net";

/**
 * `cluster_member_has_trust_with`: whether this server has a member entry for an address, by the name of its file or by
 * its `host=` line. Checks nothing else: not the token, the role, or whether clustering is on.
 */
export const clusterMemberHasTrustWith: ApiFunction = {
  name: "cluster_member_has_trust_with",
  write: false,
  privilege: "clustering",
  privilegeReason: "This function needs the clustering ACL.",
  since: 84,
  target: (parameters) => parameters.get("host") ?? "",
  run: ({ server, caller, parameters }) => {
    const addresses = [parameters.require("host"), parameters.get("althost") ?? ""].filter(
      (address) => address !== "",
    );
    const wrong = addresses.find((address) => !isIPv4(address));
    if (wrong !== undefined) throw new Refusal(`Not an IPv4 address: ${wrong}`);
    const trusted = addresses.some((address) => hasEntry(server, caller.user, address));
    return { has_trust: trusted ? 1 : 0 };
  },
};

function hasEntry(server: SimulatedServer, user: string, address: string): boolean {
  return [user, "root"].some(
    (owner) =>
      readMember(server.files, owner, address) !== undefined ||
      listMembers(server.files, owner).some((member) => member.entry?.host === address),
  );
}

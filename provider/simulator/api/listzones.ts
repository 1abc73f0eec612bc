import { clusteringFlag, listMembers } from "../members";
import type { SimulatedServer } from "../simulated-server";
import { reachMember } from "../synchronise";
import { zoneNames } from "../zones";
import type { ApiFunction } from "./function";

/** `listzones`: without zones the reply has no `data` at all. */
export const listzones: ApiFunction = {
  name: "listzones",
  write: false,
  run: ({ server }) => {
    const zone = zonesOfCluster(server).map((domain) => ({ domain, zonefile: `${domain}.db` }));
    return zone.length === 0 ? undefined : { zone };
  },
};

/** Lists the server's own zones and, with clustering on, those of the members that it reads. */
function zonesOfCluster(server: SimulatedServer): string[] {
  const { find = () => undefined } = server.world;
  const isOn = server.files.find(clusteringFlag) !== undefined;
  const members = isOn ? listMembers(server.files).filter(({ role }) => role === "sync") : [];
  const peers = members.flatMap((member) => reachMember(server, member, find) ?? []);
  return [...new Set([server, ...peers].flatMap(({ files }) => zoneNames(files)))].sort();
}

import { whmPort } from "../../servers";
import { listText } from "../../topology";
import { endOf, type TriedWay } from "../reach/way";
import type { ClusterStatus } from "./cluster-status";
import { finding, type StatusFinding } from "./finding";

/** Finds ways on which servers don't get through to each other. One that could not be tried is found to be nothing. */
export function judgeReach({ reach = [], ...status }: ClusterStatus): StatusFinding[] {
  // Of many findings of one kind the first is quoted: one about a known server says more.
  const strangersLast = [...reach].sort((one, other) => Number(!one.peer) - Number(!other.peer));
  return strangersLast.flatMap((way) => {
    const found = judgeWay(way, status);
    return found ? [finding({ server: way.server, peer: endOf(way), ...found })] : [];
  });
}

type Words = Pick<StatusFinding, "kind" | "message" | "fix">;

function judgeWay(way: TriedWay, status: ClusterStatus): Words | undefined {
  if (way.state === "unreachable") return way.need === "coverage" ? undefined : unreachable(way, status);
  if (way.state === "refused") return refused(way, status);
  return way.state === "unproven" ? unproven(way) : undefined;
}

function unreachable(way: TriedWay, status: ClusterStatus): Words {
  return {
    kind: way.need === "nothing" || way.role === undefined ? "way-closed" : "peer-unreachable",
    message: `can't reach ${placeOf(way)}: ${way.said}. ${lossOf(way)}`,
    fix: way.peer === undefined ? cureForStranger : cureFor(way, way.peer, status),
  };
}

const firewalls = `that every firewall between them lets port ${whmPort} through`;
const cureForStranger = `Remove the member if its server is gone. Otherwise check that WHM runs there, and ${firewalls}.`;

function cureFor({ server, address }: TriedWay, peer: string, { servers }: ClusterStatus): string {
  const outside = servers.get(peer)?.settings.publicAddress;
  const elsewhere =
    outside === undefined || outside === address
      ? ""
      : ` From outside its network, ${peer} is at ${outside}.`;
  return `Check that WHM runs on ${peer}, that ${address} is its address as seen from ${server}, and ${firewalls}.${elsewhere}`;
}

function lossOf(way: TriedWay): string {
  const peer = endOf(way);
  if (way.need === "zones") return `No zone gets there.`;
  if (way.need === "nothing") return "Nothing is sent there now.";
  const stands = way.role === undefined ? "has no entry for it either" : "asks it in vain";
  return `The link from ${peer} needs this trust, and ${way.server} ${stands}.`;
}

function refused(way: TriedWay, { uses, servers }: ClusterStatus): Words {
  const { server, address, said } = way;
  const peer = endOf(way);
  const token = uses.find(({ holder, key }) => holder === server && key === address)?.token;
  const pinned = token !== undefined && token.whitelistIps.length > 0;
  const own = servers.get(server)?.settings;
  const known = [own?.address, own?.publicAddress].filter((each) => each !== undefined);
  const cure = pinned
    ? `The token ${token.name} is accepted from ${listText(token.whitelistIps)} only. Add the address with which ${server} gets there${known.length > 0 ? ` (its own: ${listText(known)})` : ""}`
    : `Give the token of ${peer} the privilege clustering`;
  return {
    kind: "peer-refuses",
    message: `reaches ${placeOf(way)}, which refuses the token stored for it: ${said}.`,
    fix: `${cure}, or store another token of ${peer} in the member on ${server}.`,
  };
}

function unproven(way: TriedWay): Words {
  const peer = endOf(way);
  return {
    kind: "peer-unproven",
    message: `reaches ${placeOf(way)}, which could not prove to be ${peer}: ${way.said}. The token was not sent.`,
    fix: `Check that ${way.address} leads from ${way.server} to ${peer}. If it does, give api.ca or api.fingerprint of ${peer} in the connections.`,
  };
}

function placeOf({ peer, address }: TriedWay): string {
  return peer === undefined ? `${address} at port ${whmPort}` : `${peer} at ${address} port ${whmPort}`;
}

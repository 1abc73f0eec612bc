import { claimId, type Claimant, type ClaimedKind } from "../../servers";
import { dynamicType, type StackResource } from "../look/stack";
import type { Kind } from "./declared-resources";

/** Something on a server that a stack has and that no claim names yet. */
export interface Unclaimed {
  /** Server that it is on. */
  readonly server: string;
  readonly kind: ClaimedKind;
  /** Address of the entry or line. */
  readonly key: string;
  readonly claimant: Claimant;
  /** Secret in the entry; undefined for a line. */
  readonly token: string | undefined;
  /** Mark by which the state recognises the server. */
  readonly hostMark: string | undefined;
  /** Whether it was there before the stack adopted it, and stays when the stack is destroyed. */
  readonly adopted: boolean;
}

/** Lists what a stack has adopted: its resources whose state names no claim. */
export function unclaimedThings(resources: readonly StackResource[]): Unclaimed[] {
  return resources.flatMap(({ type, outputs }) => {
    const kind = type.slice(dynamicType.length) as Kind;
    const { claim, logicalName, token, adopted, host } = outputs;
    const place = placeOf(kind, outputs as Record<string, string>);
    if (!type.startsWith(dynamicType) || place === undefined || claim !== undefined) return [];
    const claimant = { type: kind, logicalName: String(logicalName) };
    const known = { token: token as string | undefined, hostMark: host as string | undefined };
    return [{ ...place, ...known, claimant, adopted: adopted === true }];
  });
}

/** Lists the ids under which the gates of a stack announce their links. */
export function gateIds(resources: readonly StackResource[]): string[] {
  return resources
    .filter(({ type }) => type === `${dynamicType}TopologyGate`)
    .map(({ outputs }) => claimId({ type: "TopologyGate", logicalName: String(outputs["logicalName"]) }));
}

function placeOf(
  kind: Kind,
  {
    server = "",
    peer = "",
    address = "",
    peerAddress = "",
    serverAddress = "",
  }: Readonly<Record<string, string>>,
): Pick<Unclaimed, "server" | "kind" | "key"> | undefined {
  if (kind === "DnsClusterMember") return { server, kind: "member", key: peerAddress };
  if (kind === "ReverseTrust") return { server: peer, kind: "member", key: serverAddress };
  if (kind === "TrustedRemoteIp") return { server, kind: "line", key: address };
  return undefined;
}

import type { DnsClusterMemberInputs } from "../../schema/dns-cluster-member";
import type { RuleOverrides } from "../../schema/rule-overrides";
import type { PlainServer } from "../../schema/server";
import { untilUndisputed, type Announcing } from "./pass-gate";
import { hasPassed } from "./passed-links";
import { factsOf } from "./verdict";

/**
 * Judges a feeding link by itself, together with the links now on the servers, if no gate has passed it in this run: an
 * earlier run ended after its gate, or the link is made again after somebody removed it. Others may have made links since.
 */
export async function refuseUnpassed(inputs: DnsClusterMemberInputs): Promise<void> {
  const { server, peer, peerAddress, role, logicalName } = inputs;
  if (hasPassed(server, peerAddress)) return;
  const servers: Record<string, PlainServer> = factsOf([server, peer]);
  const topology = { servers, links: [{ from: server, to: peer, role }], rules: relaxedRules(inputs) };
  await untilUndisputed(
    { gate: { logicalName, linkByLink: true, topology }, before: undefined },
    nothingMore,
  );
}

/** An earlier run of the gate has announced the link. */
const nothingMore: Announcing = {
  isComplete: true,
  make: () => Promise.resolve(),
  takeBack: () => Promise.resolve(),
};

function relaxedRules({ mayCycle, mayAddIntermediary }: DnsClusterMemberInputs): RuleOverrides {
  const relaxed = { severity: "off", reason: "relaxed by the program" } as const;
  return {
    ...(mayCycle && { "feeding-cycle": relaxed }),
    ...(mayAddIntermediary && { "single-intermediary": relaxed }),
  };
}

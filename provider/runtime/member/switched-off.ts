import type { DnsClusterMemberInputs } from "../../schema/dns-cluster-member";
import { disabledStatus, isServerError, reenable } from "../../servers";
import { servers } from "../engine/session";
import { isTokenAlive } from "../token/alive";
import { warn } from "../engine/warn";

/**
 * Re-enables a member that WHM has disabled, if its peer answers; otherwise the failures would go on.
 *
 * @param hasAnswered whether the peer has just accepted the token; if not, it is asked over the provider's own connection
 */
export async function useAgain(inputs: DnsClusterMemberInputs, hasAnswered: boolean): Promise<void> {
  const { server: name, peer, peerAddress } = inputs;
  const server = servers().get(name);
  if ((await disabledStatus(server, peerAddress)) === undefined) return;
  if (!hasAnswered && !(await answersTheProvider(inputs))) return warn(staysOff(name, peer));
  await reenable(server, peerAddress);
  warn(
    `WHM on ${name} had switched off ${peer} after too many failures; it is enabled again. Zones that changed meanwhile are ` +
      `not there yet: run /usr/local/cpanel/scripts/dnscluster syncall on ${name}.`,
  );
}

async function answersTheProvider(inputs: DnsClusterMemberInputs): Promise<boolean> {
  const { server, peer, peerAddress: address, user, token } = inputs;
  try {
    return (
      (await isTokenAlive({ from: servers().get(server), to: servers().get(peer), address, user, token })) ===
      true
    );
  } catch (error) {
    if (isServerError(error)) return false;
    throw error;
  }
}

function staysOff(name: string, peer: string): string {
  return (
    `WHM on ${name} has switched off ${peer} after too many failures, and it stays switched off: whether ${peer} answers could not be ` +
    `tried. Allow ${name} to forward connections and run pulumi up --refresh, or enable ${peer} on WHM's cluster page.`
  );
}

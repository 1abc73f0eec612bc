import type { ReverseTrustInputs } from "../../schema/reverse-trust";
import { ServerError, clusterMemberHasTrustWith, isServerError, type Server } from "../../servers";
import { warn } from "../engine/warn";

/**
 * Asks the peer whether it trusts the server. WHM answers from its files alone, so this confirms the entry; the earlier
 * call with the token confirms the rest.
 */
export async function confirmTrust(peer: Server, inputs: ReverseTrustInputs): Promise<void> {
  const trusted = await hasTrust(peer, inputs.serverAddress, inputs.serverPublicAddress);
  if (trusted === undefined) warn(tooOld(peer, inputs));
  if (trusted !== false) return;
  throw new ServerError({
    code: "not-confirmed",
    server: peer.name,
    phrase: `make ${peer.name} trust ${inputs.server}`,
    said: `the entry is written, but ${peer.name} answers that it has no trust with ${inputs.serverAddress}`,
    wayOut: "Look at the member in WHM's cluster page, then run pulumi up again.",
  });
}

/** Asks a server whether it trusts the one at an address; undefined if it is too old to answer. */
export async function hasTrust(
  peer: Server,
  host: string,
  althost: string | undefined,
): Promise<boolean | undefined> {
  try {
    return await clusterMemberHasTrustWith(peer.api, { host, althost });
  } catch (error) {
    if (isServerError(error, "unknown-function")) return undefined;
    throw error;
  }
}

function tooOld(peer: Server, { server }: ReverseTrustInputs): string {
  return `${peer.name} is older than version 11.84 and cannot confirm that it trusts ${server}; only its files were checked.`;
}

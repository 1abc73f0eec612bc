import type { ReverseTrustInputs } from "../../schema/reverse-trust";
import { ServerError, clusterMemberHasTrustWith, type Server } from "../../servers";
import { warn } from "../engine/warn";

/**
 * Asks the peer whether it trusts the server. WHM answers from its files alone, so this confirms the entry; the earlier
 * call with the token confirms the rest.
 */
export async function confirmTrust(peer: Server, inputs: ReverseTrustInputs): Promise<void> {
  const trusted = await ask(peer, inputs);
  if (trusted !== false) return;
  throw new ServerError({
    code: "not-confirmed",
    server: peer.name,
    phrase: `make ${peer.name} trust ${inputs.server}`,
    said: `the entry is written, but ${peer.name} answers that it has no trust with ${inputs.serverAddress}`,
    wayOut: "Look at the member in WHM's cluster page, then run pulumi up again.",
  });
}

async function ask(peer: Server, inputs: ReverseTrustInputs): Promise<boolean | undefined> {
  try {
    return await clusterMemberHasTrustWith(peer.api, {
      host: inputs.serverAddress,
      althost: inputs.serverPublicAddress,
    });
  } catch (error) {
    if (!(error instanceof ServerError) || error.code !== "unknown-function") throw error;
    warn(
      `${peer.name} is older than version 11.84 and cannot confirm that it trusts ${inputs.server}; only its files were checked.`,
    );
    return undefined;
  }
}

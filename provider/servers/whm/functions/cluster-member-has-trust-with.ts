import { z } from "zod";
import type { WhmApi } from "../api";
import { ask } from "../ask";
import { flag } from "../wire";

export interface TrustRequest {
  /** IPv4 address of the server in question. */
  host: string;
  /** Other address of that server, as seen from outside its network. */
  althost?: string | undefined;
}

const wire = z.object({ has_trust: flag });

/**
 * Whether this server has a member entry for an address. Proves only that the file exists: neither the token in it, nor
 * the role, nor that clustering is on.
 *
 * Known since 11.84. Last verified with the vendor's reference for 11.138 (WHM API 1 `cluster_member_has_trust_with`,
 * api.docs.cpanel.net).
 */
export async function clusterMemberHasTrustWith(api: WhmApi, request: TrustRequest): Promise<boolean> {
  const reply = await ask(api, {
    phrase: `ask for its trust with ${request.host}`,
    functionName: "cluster_member_has_trust_with",
    parameters: { host: request.host, althost: request.althost },
    reply: wire,
  });
  return reply.has_trust;
}

import { z } from "zod";
import type { WhmApi } from "../api";
import { ask } from "../ask";

export interface KilldnsRequest {
  zone: string;
}

/**
 * Deletes a DNS zone. WHM reports success whatever has happened, and can't delete it on a member with the role write-only:
 * look at each server afterwards.
 *
 * Last verified with the vendor's reference for 11.138 (WHM API 1 `killdns`, api.docs.cpanel.net).
 */
export async function killdns(api: WhmApi, { zone }: KilldnsRequest): Promise<void> {
  await ask(api, {
    phrase: `delete the DNS zone ${zone}`,
    functionName: "killdns",
    parameters: { domain: zone },
    mutation: true,
    reply: z.unknown(),
  });
}

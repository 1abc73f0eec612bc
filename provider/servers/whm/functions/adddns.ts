import { z } from "zod";
import type { WhmApi } from "../api";
import { ask } from "../ask";

export interface AdddnsRequest {
  zone: string;
  /** IPv4 address of the A record in the new zone. */
  ip: string;
}

/**
 * Makes a DNS zone from WHM's template `simple`. WHM writes it to the members that the server sends its zones to as well.
 *
 * Last verified with the vendor's reference for 11.138 (WHM API 1 `adddns`, api.docs.cpanel.net).
 */
export async function adddns(api: WhmApi, { zone, ip }: AdddnsRequest): Promise<void> {
  await ask(api, {
    phrase: `make the DNS zone ${zone}`,
    functionName: "adddns",
    parameters: { domain: zone, ip, template: "simple" },
    mutation: true,
    reply: z.unknown(),
  });
}

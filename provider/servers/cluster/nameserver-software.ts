import type { Server } from "../server";
import { powerdnsFlag, productSettingsFile } from "./paths";

const known = ["bind", "powerdns", "disabled"] as const;

/** Nameserver software that WHM is set to. */
export type NameserverSoftware = (typeof known)[number];

/**
 * Returns the nameserver in the product's settings. Servers that have never changed it may lack the line; the flag for
 * PowerDNS counts then, and without it BIND runs.
 */
export async function readNameserver(server: Server): Promise<NameserverSoftware> {
  const files = await server.files();
  const [settings, flag] = await Promise.all([files.read(productSettingsFile), files.stat(powerdnsFlag)]);
  const word = /^local_nameserver_type=(.*)$/m
    .exec(settings ?? "")?.[1]
    ?.trim()
    .toLowerCase();
  return known.find((name) => name === word) ?? (flag ? "powerdns" : "bind");
}

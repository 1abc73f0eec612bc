import type { Server as ServerSettings } from "../../schema/server";
import type { Recognition } from "./recognise";

/**
 * Why a machine that nobody has registered yet is hardly the one that is declared: it has both another name and another
 * address. One of the two may differ, as with a nameserver that has a name and an address of its own for DNS.
 *
 * @returns undefined for a machine that may be the one
 */
export function strangeness(
  { machine, record }: Recognition,
  { address, publicAddress, hostname }: ServerSettings,
): string | undefined {
  if (record || hostname === undefined || machine.hostname === undefined) return undefined;
  if (address === undefined || machine.address === undefined) return undefined;
  if ([address, publicAddress].includes(machine.address)) return undefined;
  if (firstLabel(hostname.toLowerCase()) === firstLabel(machine.hostname)) return undefined;
  return `it is declared as ${hostname} with the address ${address}, and ${machine.hostname} with the address ${machine.address} answers`;
}

/** Some machines know only the first label of their name. */
function firstLabel(hostname: string): string {
  return hostname.split(".", 1)[0] ?? hostname;
}

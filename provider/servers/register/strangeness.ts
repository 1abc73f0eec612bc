import type { Server as ServerSettings } from "../../schema/server";
import type { Recognition } from "./recognise";

/**
 * Returns why an unregistered machine is probably not the declared one: both its name and its address differ. One of
 * them may differ, as with a nameserver that has its own name and address for DNS.
 *
 * @returns undefined for a machine that may be the declared one
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

/** Returns the first label of a host name: some machines know only that part of their name. */
function firstLabel(hostname: string): string {
  return hostname.split(".", 1)[0] ?? hostname;
}

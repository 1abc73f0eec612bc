import type { BedServerOptions } from "../../testbed/testbed";
import type { ClickedEntry } from "../../helpers/clicked-cluster";

export const web: BedServerOptions = { type: "cpanel", commandLine: true };
export const dns: BedServerOptions = { type: "dnsonly", commandLine: true };

/** Servers that are alike. */
export function several(
  names: readonly string[],
  options: BedServerOptions,
): Record<string, BedServerOptions> {
  return Object.fromEntries(names.map((name) => [name, options]));
}

/** Links each of these to each of those. */
export function linkAll(
  from: readonly string[],
  to: readonly string[],
  role: ClickedEntry["role"] = "sync",
): ClickedEntry[] {
  return from.flatMap((holder) => to.map((about) => ({ from: holder, to: about, role })));
}

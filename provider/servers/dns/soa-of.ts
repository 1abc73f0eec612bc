import { promises as dns } from "node:dns";
import { isIPv6 } from "node:net";

/** What a nameserver answers about a zone: the serial of its SOA record, or why there is none. */
export type SoaAnswer =
  | { readonly serial: number }
  | {
      /** Whether nothing came back at all, so that the server may be out of reach of this machine. */
      readonly isSilent: boolean;
      /** What it does instead, to follow its name. */
      readonly said: string;
    };

/** Asks the nameserver at an address for a zone. */
export type AskSoa = (zone: string, address: string) => Promise<SoaAnswer>;

/** How a nameserver is asked. */
export interface AskOptions {
  /** @default 53 */
  readonly port?: number;
  /** Milliseconds to wait for the first try; later ones wait longer. @default 1500 */
  readonly timeout?: number;
  /** @default 2 */
  readonly tries?: number;
}

/** Asks the nameserver at an address for the SOA record of a zone, over DNS. An answer without one is no error. */
export async function soaOf(
  zone: string,
  address: string,
  { port = 53, timeout = 1500, tries = 2 }: AskOptions = {},
): Promise<SoaAnswer> {
  const resolver = new dns.Resolver({ timeout, tries });
  resolver.setServers([isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`]);
  try {
    return { serial: (await resolver.resolveSoa(zone)).serial };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return { isSilent: silent.has(code), said: words[code] ?? `fails with ${code}` };
  }
}

/** A network that can't be reached is reported as a refused connection too. */
const silent = new Set(["ETIMEOUT", "ECONNREFUSED"]);

const words: Readonly<Record<string, string>> = {
  ETIMEOUT: "does not answer",
  ECONNREFUSED: "does not answer, its port is closed or out of reach",
  EREFUSED: "refuses to answer (REFUSED)",
  ESERVFAIL: "fails to answer (SERVFAIL)",
  ENOTFOUND: "answers that there is no such name (NXDOMAIN)",
  ENODATA: "answers without an SOA record",
};

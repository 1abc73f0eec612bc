import type { SimulatedServerOptions } from "./options";

/** A server with every default filled in. */
export interface Identity {
  readonly name: string;
  readonly type: "cpanel" | "dnsonly";
  /** Logical address. Only other servers of the simulator reach it there, through forwarded channels. */
  readonly address: string;
  /** Address for servers outside its network. A server with one is behind NAT. */
  readonly publicAddress: string | undefined;
  readonly hostname: string;
  readonly dnsServer: "bind" | "powerdns" | "disabled";
}

/** Fills in a server's identity. Without an address it gets the first free one from 192.0.2.10 on. */
export function identify(
  name: string,
  options: SimulatedServerOptions,
  taken: ReadonlySet<string>,
): Identity {
  return {
    name,
    type: options.type,
    address: options.address ?? firstFree(taken),
    publicAddress: options.publicAddress,
    hostname: options.hostname ?? `${name.replaceAll(/[^A-Za-z0-9-]+/g, "-")}.example.com`,
    dnsServer: options.dnsServer ?? "bind",
  };
}

function firstFree(taken: ReadonlySet<string>): string {
  for (let number = 0; ; number += 1) {
    const address = addressNumber(number);
    if (!taken.has(address)) return address;
  }
}

function addressNumber(number: number): string {
  return number < 245 ? `192.0.2.${number + 10}` : `198.18.${(number - 245) >> 8}.${(number - 245) & 255}`;
}

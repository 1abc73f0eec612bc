import type { ApiFunction } from "./function";

/** `listips`: the main address; `public_ip` differs from `ip` behind NAT. */
export const listips: ApiFunction = {
  name: "listips",
  write: false,
  run: ({ server: { identity } }) => ({
    ip: [
      {
        ip: identity.address,
        public_ip: identity.publicAddress ?? identity.address,
        mainaddr: 1,
        active: 1,
        dedicated: 0,
        if: "eth0",
        netmask: "255.255.255.0",
        network: identity.address.replace(/\d+$/, "0"),
      },
    ],
  }),
};

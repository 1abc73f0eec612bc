import { mainAddressOf } from "../identity-files";
import type { ApiFunction } from "./function";

/** `listips`: the main address; `public_ip` differs from `ip` behind NAT. */
export const listips: ApiFunction = {
  name: "listips",
  write: false,
  run: ({ server: { files, identity } }) => {
    const address = mainAddressOf(files, identity);
    return {
      ip: [
        {
          ip: address,
          public_ip: identity.publicAddress ?? address,
          mainaddr: 1,
          active: 1,
          dedicated: 0,
          if: "eth0",
          netmask: "255.255.255.0",
          network: address.replace(/\d+$/, "0"),
        },
      ],
    };
  },
};

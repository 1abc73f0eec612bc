import { zoneNames } from "../zones";
import type { ApiFunction } from "./function";

/** `listzones`: without zones the reply has no `data` at all. */
export const listzones: ApiFunction = {
  name: "listzones",
  write: false,
  run: ({ server }) => {
    const zone = zoneNames(server.files).map((domain) => ({ domain, zonefile: `${domain}.db` }));
    return zone.length === 0 ? undefined : { zone };
  },
};

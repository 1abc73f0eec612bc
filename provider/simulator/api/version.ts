import type { ApiFunction } from "./function";

/** `version`: the four-part version. */
export const version: ApiFunction = {
  name: "version",
  write: false,
  run: ({ server }) => ({ version: server.version }),
};

/** `installed_versions`: the product tells PowerDNS from BIND by a `powerdns` key. */
export const installedVersions: ApiFunction = {
  name: "installed_versions",
  write: false,
  run: ({ server }) => ({
    cpanel_and_whm: server.version,
    ...(server.files.find("/var/cpanel/usepowerdns") ? { powerdns: "4.9.4" } : { bind: "9.16.23" }),
  }),
};

import type { Identity } from "./identity";
import { layOutIdentity } from "./identity-files";
import { defaultVersion, type SimulatedServerOptions } from "./options";
import { tokenFileOf } from "./tokens";
import type { ServerFiles } from "./server-files";

/** Contains the version of the product. */
export const versionFile = "/usr/local/cpanel/version";

/** Makes the files of a server that was just installed and has no cluster yet. */
export function layOutFreshServer(
  files: ServerFiles,
  identity: Identity,
  options: SimulatedServerOptions,
): void {
  files.makeDirectories("/var", 0o755);
  for (const [path, mode] of directories) files.makeDirectories(path, mode);
  layOutIdentity(files, identity);
  files.writeText(versionFile, `${options.version ?? defaultVersion}\n`);
  files.writeText("/var/cpanel/cpanel.config", configurationOf(identity));
  files.writeText(tokenFileOf("root"), '{"tokens":{}}', 0o600);
  if (identity.type === "dnsonly") files.writeText("/var/cpanel/dnsonly", "");
  else files.writeText("/etc/ips.dnsmaster", `${identity.address}\n`);
  if (identity.dnsServer === "powerdns") files.writeText("/var/cpanel/usepowerdns", "");
  for (const [path, text] of Object.entries(options.files ?? {})) files.writeText(path, text, 0o600);
}

const directories: readonly [path: string, mode: number][] = [
  ["/etc", 0o755],
  ["/root", 0o700],
  ["/tmp", 0o1777],
  ["/usr/local/cpanel", 0o711],
  ["/var/cpanel", 0o711],
  ["/var/cpanel/authn", 0o711],
  ["/var/cpanel/authn/api_tokens_v2", 0o711],
  ["/var/cpanel/authn/api_tokens_v2/whostmgr", 0o700],
  ["/var/cpanel/clusterqueue/status", 0o700],
  ["/var/cpanel/clusterqueue/retry", 0o700],
  ["/var/named", 0o755],
];

function configurationOf(identity: Identity): string {
  const lines = [
    "cluster_autodisable_threshold=10",
    "cluster_failure_notifications=1",
    "dnsadmin_log=0",
    "dnsadmin_verbose_sync=0",
    "dnsadminapp=",
    "dormant_services=dnsadmin",
    `local_nameserver_type=${identity.dnsServer}`,
  ];
  return `${lines.join("\n")}\n`;
}

// Where WHM keeps its DNS cluster. Only root's own cluster is ever written; resellers' clusters are only read.

/** Flag file: clustering is enabled if it exists. */
export const clusteringFlag = "/var/cpanel/useclusteringdns";

/** Parent directory of every user's cluster. */
export const clustersDirectory = "/var/cpanel/cluster";

/** Directory that contains the configuration. Lists of members are cached here, and temporary files may be here. */
export const rootCluster = `${clustersDirectory}/root`;

/** Directory in which WHM looks for members. A stray file in it would be taken for one. */
export const memberDirectory = `${rootCluster}/config`;

/** Exists only on DNSOnly servers. */
export const dnsonlyFlag = "/var/cpanel/dnsonly";

/** Contains the installed version. */
export const versionFile = "/usr/local/cpanel/version";

/** Maps the addresses of a server behind NAT to those under which it is seen from outside. Absent without NAT. */
export const natFile = "/var/cpanel/cpnat";

/** Lists the additional addresses that users' nameservers may have. */
export const trustedAddressesFile = "/etc/ips.remotedns";

/** File in which WHM records its calls to a member: a row of `1`s, with a `0` for each failure. */
export const statusFile = (member: string): string => `/var/cpanel/clusterqueue/status/${member}`;

/** Flag file that WHM sets when it disables a member after too many failures. */
export const disabledFlag = (member: string): string => `${statusFile(member)}-down`;

/** Contains a file for each request to a member that failed and waits to be sent again. Absent before the first one. */
export const retryDirectory = "/var/cpanel/clusterqueue/retry";

/** Contains the server's own zones, one `NAME.db` each. */
export const zoneDirectory = "/var/named";

/** Contains settings of the product, one `key=value` a line. */
export const productSettingsFile = "/var/cpanel/cpanel.config";

/** Flag file: the nameserver is PowerDNS. */
export const powerdnsFlag = "/var/cpanel/usepowerdns";

export const memberFile = (member: string, directory = memberDirectory): string => `${directory}/${member}`;

export const roleFile = (member: string, directory = memberDirectory): string =>
  `${directory}/${member}-dnsrole`;

/** Returns the member of a role file. Only the last suffix counts: member names may contain dashes. */
export function memberOfRoleFile(fileName: string): string | undefined {
  return fileName.endsWith("-dnsrole") ? fileName.slice(0, -"-dnsrole".length) : undefined;
}

/** Whether a file in a directory of members is a member file, and not one that WHM derives from it. */
export function isMemberFile(fileName: string): boolean {
  const derived = fileName.endsWith(".cache") || fileName.endsWith("-state.json") || fileName.startsWith(".");
  return !derived && memberOfRoleFile(fileName) === undefined;
}

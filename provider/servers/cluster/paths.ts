// Where WHM keeps its DNS cluster. Only root's own cluster is ever written; resellers' clusters are read.

/** The flag whose existence means that clustering is enabled. */
export const clusteringFlag = "/var/cpanel/useclusteringdns";

/** The parent of every user's cluster. */
export const clustersDirectory = "/var/cpanel/cluster";

/** The directory beside the configuration: lists of members are cached here, and temporary files may lie here. */
export const rootCluster = `${clustersDirectory}/root`;

/** The directory in which WHM looks for members. A stray file in it would be taken for one. */
export const memberDirectory = `${rootCluster}/config`;

/** Exists on DNSOnly servers alone. */
export const dnsonlyFlag = "/var/cpanel/dnsonly";

/** Holds the installed version. */
export const versionFile = "/usr/local/cpanel/version";

/** The extra addresses that users' nameservers may have. */
export const trustedAddressesFile = "/etc/ips.remotedns";

/** Where WHM notes how its calls to a member went: a row of `1`s, with a `0` for each failure. */
export const statusFile = (member: string): string => `/var/cpanel/clusterqueue/status/${member}`;

/** Set by WHM when it has switched a member off after too many failures. */
export const disabledFlag = (member: string): string => `${statusFile(member)}-down`;

export const memberFile = (member: string, directory = memberDirectory): string => `${directory}/${member}`;

export const roleFile = (member: string, directory = memberDirectory): string =>
  `${directory}/${member}-dnsrole`;

/** The member that a role file belongs to. Only the last suffix counts: member names may hold dashes. */
export function memberOfRoleFile(fileName: string): string | undefined {
  return fileName.endsWith("-dnsrole") ? fileName.slice(0, -"-dnsrole".length) : undefined;
}

/** Whether a file in a directory of members is a member's own, and not one that WHM derives from it. */
export function isMemberFile(fileName: string): boolean {
  const derived = fileName.endsWith(".cache") || fileName.endsWith("-state.json") || fileName.startsWith(".");
  return !derived && memberOfRoleFile(fileName) === undefined;
}

/** Where WHM keeps what the demo looks at and tampers with. */
export const clusteringFlag = "/var/cpanel/useclusteringdns";
export const trustedAddressFile = "/etc/ips.remotedns";

/** The file that says what a server does with a member. */
export function roleFile(memberAddress) {
  return `/var/cpanel/cluster/root/config/${memberAddress}-dnsrole`;
}

/** The lines of a file. */
export function linesOf(files, path) {
  return (files.read(path) ?? "").split("\n");
}

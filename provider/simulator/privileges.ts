/** Every privilege (ACL) that the simulator knows, and whether DNSOnly also has it. */
const onDnsonly: Readonly<Record<string, boolean>> = {
  "acct-summary": false,
  "add-pkg": false,
  all: true,
  "basic-whm-functions": true,
  clustering: true,
  "create-acct": false,
  "create-dns": true,
  "create-user-session": true,
  "edit-account": false,
  "edit-dns": false,
  "edit-mx": false,
  "edit-pkg": false,
  "kill-acct": false,
  "kill-dns": true,
  "list-accts": false,
  "manage-api-tokens": true,
  "park-dns": false,
  passwd: true,
  quota: false,
  restart: true,
  "show-bandwidth": false,
  ssl: true,
  stats: true,
  status: true,
  "suspend-acct": false,
  "upgrade-account": false,
};

/** Lists the privileges that exist on a type of server, sorted. */
export function privilegesOf(type: "cpanel" | "dnsonly"): string[] {
  return Object.keys(onDnsonly).filter((name) => type === "cpanel" || onDnsonly[name]);
}

/** Whether a list of privileges includes one. No list means every privilege. */
export function covers(acls: readonly string[] | undefined, privilege: string): boolean {
  return acls === undefined || acls.includes("all") || acls.includes(privilege);
}

/** Returns the map of every privilege to 0 or 1, as the API shows it. */
export function privilegeMap(
  type: "cpanel" | "dnsonly",
  acls: readonly string[] | undefined,
): Record<string, 0 | 1> {
  return Object.fromEntries(privilegesOf(type).map((name) => [name, covers(acls, name) ? 1 : 0]));
}

/**
 * How a program begins that has the servers in its configuration. The whole SDK is loaded where the program names it: that
 * takes longer than everything else that it does.
 */
export const programStart = `
Object.defineProperty(globalThis, "pulumi", { configurable: true, get: () => require("@pulumi/pulumi") });
const whm = require("pulumi-whm");
const configured = JSON.parse(require("@pulumi/pulumi/runtime/config").getConfig("whm:servers"));`;

/**
 * A program with one cluster of the servers in its configuration: every web server linked to every nameserver.
 *
 * @param more JavaScript that yields more arguments of the cluster; `servers` and `direct` are in scope
 */
export function clusterProgram(more = "{}"): string {
  return `${programStart}
const servers = configured;
const pick = (wanted) => Object.fromEntries(Object.entries(servers).filter(([, server]) => wanted(server)));
const isNameserver = (server) => server.type === "dnsonly" || server.nameserver === true;
const direct = whm.directLinks({ webServers: pick((server) => !isNameserver(server)), nameservers: pick(isNameserver) });
const cluster = new whm.DnsCluster("prod", { ...direct, ...(${more}) });
exports.shape = cluster.shape;
`;
}

/** A program with a provider and the resources that the text declares one by one. */
export function singleProgram(resources: string): string {
  return `${programStart}
const provider = new whm.Provider("whm", { servers: configured });
${resources}
`;
}

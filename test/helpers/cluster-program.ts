/**
 * A program with one cluster of the servers in its configuration: every web server linked to every nameserver.
 *
 * @param more JavaScript that yields more arguments of the cluster; `servers` and `direct` are in scope
 */
export function clusterProgram(more = "{}"): string {
  return `
const pulumi = require("@pulumi/pulumi");
const whm = require("pulumi-whm");
const servers = JSON.parse(pulumi.runtime.getConfig("whm:servers"));
const pick = (wanted) => Object.fromEntries(Object.entries(servers).filter(([, server]) => wanted(server)));
const isNameserver = (server) => server.type === "dnsonly" || server.nameserver === true;
const direct = whm.directLinks({ webServers: pick((server) => !isNameserver(server)), nameservers: pick(isNameserver) });
const cluster = new whm.DnsCluster("prod", { ...direct, ...(${more}) });
exports.shape = cluster.shape;
`;
}

/** A program with a provider and the resources that the text declares one by one. */
export function singleProgram(resources: string): string {
  return `
const pulumi = require("@pulumi/pulumi");
const whm = require("pulumi-whm");
const provider = new whm.Provider("whm", { servers: JSON.parse(pulumi.runtime.getConfig("whm:servers")) });
${resources}
`;
}

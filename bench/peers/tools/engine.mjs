import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PulumiStack } from "./pulumi-stack.mjs";

/**
 * What the engine itself takes: as many resources as ours, with the same names and inputs of the same size, that do
 * nothing on any server.
 */
export const engine = {
  name: "engine",
  touchesServers: false,

  async prepare(site, folder) {
    writeFileSync(join(folder, "nothing.cjs"), lifecycle);
    const stack = await PulumiStack.make(folder, { program: program(site) });
    return stack.actions((changed) => program(site, changed));
  },
};

/** Lifecycles that keep what they are given. */
const lifecycle = `module.exports = {
  create: async (inputs) => ({ id: "nothing", outs: { ...inputs } }),
  read: async (id, outs) => ({ id, props: { ...outs } }),
  diff: async (id, olds, news) => ({ changes: olds.role !== news.role }),
  update: async (id, olds, news) => ({ outs: { ...news } }),
};
`;

function program(site, changed) {
  const servers = site.servers.map(({ name, peer, peerAddress, peerHostname, role }) => ({
    name,
    peer,
    peerAddress,
    peerHostname,
    role: name === changed ? "write-only" : role,
  }));
  return `
const pulumi = require("@pulumi/pulumi");
const __provider = 'exports.handler=()=>require(process.cwd()+"/nothing.cjs")';
Error.prepareStackTrace = String; // Ours stores no call stacks either.
class Nothing extends pulumi.CustomResource {
  constructor(name, type, inputs, opts) {
    super("pulumi-nodejs:dynamic/whm:" + type, name, { __provider, ...inputs }, opts);
  }
}
const cluster = new pulumi.ComponentResource("whm:index:DnsCluster", "bench", {});
const parent = cluster;
const gate = new Nothing("bench", "TopologyGate", {}, { parent });
const tokens = {};
for (const { name, peer } of ${JSON.stringify(servers)}) {
  const inputs = { server: name, users: [peer], token: pulumi.secret("0".repeat(32)) };
  tokens[name] = new Nothing("bench-" + name + "-for-" + peer, "ApiToken", inputs, { parent, dependsOn: [gate] });
}
for (const { name, peer, peerAddress, peerHostname, role } of ${JSON.stringify(servers)}) {
  const member = { server: name, peer, role, peerAddress, peerHostname, token: pulumi.secret("0".repeat(32)) };
  new Nothing("bench-" + name + "-" + peer, "DnsClusterMember", member, { parent, dependsOn: [tokens[peer]] });
  const address = { server: name, address: peerAddress };
  new Nothing("bench-" + name + "-" + peerAddress, "TrustedRemoteIp", address, { parent, dependsOn: [gate] });
}
`;
}

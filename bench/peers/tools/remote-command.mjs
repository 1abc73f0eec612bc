import { delimiter } from "node:path";
import * as shell from "../shell.mjs";
import { PulumiStack } from "./pulumi-stack.mjs";

/** Pulumi's own way to run commands: four resources a server. */
export const remoteCommand = {
  name: "remote.Command",

  async prepare(site, folder, { folder: pluginFolder }) {
    const environment = { PATH: [pluginFolder, process.env.PATH].join(delimiter) };
    const stack = await PulumiStack.make(folder, { program: program(site), environment });
    // It has no read: a refresh of it finds nothing.
    const { audit: _audit, ...actions } = stack.actions((changed) => program(site, changed));
    return actions;
  },
};

const placeOfSecret = "@SECRET@";

function program(site, changed) {
  const servers = site.servers.map((server) => {
    const role = server.name === changed ? "write-only" : server.role;
    return {
      ...server,
      token: { create: shell.makeToken, delete: shell.revokeToken },
      member: { create: shell.writeMember(server, placeOfSecret), delete: shell.removeMember(server) },
      role: { create: shell.writeRole({ ...server, role }), delete: shell.removeRole(server) },
      address: { create: shell.addAddress(server), delete: shell.removeAddress(server) },
    };
  });
  return `
const { remote } = require("@pulumi/command");
const servers = ${JSON.stringify(servers)};
const tokens = {};
for (const { name, connection, token } of servers) tokens[name] = new remote.Command(name + "-token", { connection, ...token });
for (const { name, peer, connection, member, role, address } of servers) {
  const create = tokens[peer].stdout.apply((secret) => member.create.replace("${placeOfSecret}", secret.trim()));
  new remote.Command(name + "-member", { connection, ...member, create });
  new remote.Command(name + "-role", { connection, ...role });
  new remote.Command(name + "-address", { connection, ...address });
}
`;
}

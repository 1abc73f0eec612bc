import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PulumiStack } from "./pulumi-stack.mjs";

/** Ours: one declaration. */
export const pulumiWhm = {
  name: "pulumi-whm",

  async prepare(site, folder) {
    // Not in the stack's configuration, which reaches a program in one variable of its environment: 128 kB at most.
    writeFileSync(join(folder, "servers.json"), JSON.stringify(site.testbed.servers));
    const stack = await PulumiStack.make(folder, { program: program(site) });
    return stack.actions((changed) => program(site, changed));
  },
};

/** @param {string} [changed] the server whose member has another role */
function program(site, changed) {
  const links = site.servers.map(({ name, peer, role }) => ({
    from: name,
    to: peer,
    role: name === changed ? "write-only" : role,
  }));
  const trustedAddresses = Object.fromEntries(
    site.servers.map(({ name, peerAddress }) => [name, [peerAddress]]),
  );
  return `
const whm = require("pulumi-whm");
const servers = require("./servers.json");
new whm.DnsCluster("bench", {
  servers,
  links: ${JSON.stringify(links)},
  trusts: [],
  trustedAddresses: ${JSON.stringify(trustedAddresses)},
  rules: { "nameserver-coverage": { severity: "off", reason: "each pair is by itself" } },
});
`;
}

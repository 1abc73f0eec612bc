import { PulumiStack } from "./pulumi-stack.mjs";

/** Ours: one declaration. */
export const pulumiWhm = {
  name: "pulumi-whm",

  async prepare(site, folder) {
    const config = { "whm:servers": JSON.stringify(site.bed.servers) };
    const stack = await PulumiStack.make(folder, { program: program(site), config });
    return {
      apply: () => stack.pulumi("up", "--yes", "--skip-preview"),
      noop: () => stack.pulumi("preview", "--expect-no-changes"),
      audit: () => stack.pulumi("refresh", "--preview-only", "--expect-no-changes"),
      change(server) {
        stack.write(program(site, server));
        return stack.pulumi("up", "--yes", "--skip-preview");
      },
      destroy: () => stack.pulumi("destroy", "--yes", "--skip-preview"),
      stateBytes: () => stack.stateBytes,
    };
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
const pulumi = require("@pulumi/pulumi");
const whm = require("pulumi-whm");
const servers = JSON.parse(pulumi.runtime.getConfig("whm:servers"));
new whm.DnsCluster("bench", {
  servers,
  links: ${JSON.stringify(links)},
  trusts: [],
  trustedAddresses: ${JSON.stringify(trustedAddresses)},
  rules: { "nameserver-coverage": { severity: "off", reason: "each pair is by itself" } },
});
`;
}

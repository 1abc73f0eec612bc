import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../script/shared/paths.mjs";
import { runProgram } from "../run-program.mjs";
import { stackEnvironment } from "./pulumi-stack.mjs";

const program = join(root, "bin", "whm-dns.js");

/** Our command line: looks at a cluster that was clicked together, and writes nothing on any server. */
export const whmDns = {
  name: "whm-dns",

  async prepare(site, folder) {
    site.click();
    writeFileSync(join(folder, "servers.json"), JSON.stringify(site.testbed.servers), { mode: 0o600 });
    writeFileSync(join(folder, "cluster.json"), JSON.stringify(topology(site)));
    const run = (...words) =>
      runProgram({ folder, command: [process.execPath, program, ...words, "--connections", "servers.json"] });
    return {
      audit: () => run("audit", "cluster.json"),
      // Until the program stands; Pulumi's own command line has no part in it.
      adopt: () => run("adopt", "--out", "adopted"),
      "adopt --stack": () => intoStack(folder),
      clear: () => site.clear(),
      stateBytes: () => 0,
    };
  },
};

async function intoStack(folder) {
  const home = join(folder, "backend");
  mkdirSync(home);
  const words = ["adopt", "--connections", "servers.json", "--out", "in-stack", "--stack", "bench"];
  const measured = await runProgram({
    folder,
    command: [process.execPath, program, ...words],
    env: stackEnvironment(home),
  });
  rmSync(home, { recursive: true });
  return measured;
}

function topology(site) {
  const servers = site.servers.map(({ name }) => {
    const { type, address, hostname } = site.testbed.servers[name];
    return [name, { type, address, hostname }];
  });
  return {
    servers: Object.fromEntries(servers),
    links: site.servers.map(({ name, peer, role }) => ({ from: name, to: peer, role })),
    trusts: [],
    trustedAddresses: Object.fromEntries(site.servers.map(({ name, peerAddress }) => [name, [peerAddress]])),
    rules: { "nameserver-coverage": { severity: "off", reason: "each pair is by itself" } },
  };
}

// Servers for a comparison: an even number of them, in pairs of a web server and a nameserver that know each other.
import { spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { register } from "ts-node";

register({ transpileOnly: true });
const require = createRequire(import.meta.url);
const { startTestbed } = require("../../test/testbed/testbed.ts");
const { editTokens, storedTokens } = require("../../test/helpers/stored-tokens.ts");
const { clickAddress, clickEntries } = require("../../test/helpers/clicked-cluster.ts");
const { memberFile } = require("../../test/helpers/server-files.ts");

/** What the four steps leave on a server, by the name of the step. */
const steps = ["token", "member", "role", "address"];

/** The name of the token that tools make whose tokens do not name themselves. */
export const tokenName = "bench";

/** @param {number} count servers; they are paired, so an even number */
export async function openSite(count) {
  const names = Array.from({ length: count / 2 }, (_, at) => [`web${at + 1}`, `ns${at + 1}`]);
  const options = names.flatMap(([web, nameserver]) => [
    [web, { type: "cpanel", commandLine: true }],
    [nameserver, { type: "dnsonly", commandLine: true }],
  ]);
  // Real servers have an sshd each, of which a tool with many log-ins at once does not reach the limit.
  const testbed = await startTestbed({ servers: Object.fromEntries(options), maxStartups: "500" });
  for (const name of Object.keys(testbed.servers)) furnish(testbed, name);
  return new Site(testbed, names);
}

export class Site {
  constructor(testbed, pairs) {
    this.testbed = testbed;
    this.pairs = pairs;
  }

  /** Every server with its peer, the other one of its pair. */
  get servers() {
    const both = this.pairs.flatMap(([web, nameserver]) => [
      [web, nameserver, "sync"],
      [nameserver, web, "standalone"],
    ]);
    return both.map(([name, peer, role]) => ({
      name,
      peer,
      role,
      peerAddress: this.testbed.servers[peer].address,
      peerHostname: this.testbed.servers[peer].hostname,
      connection: this.testbed.servers[name].connection,
    }));
  }

  /** What has been counted since the beginning: log-ins and sessions by sshd, calls by the API. */
  counts() {
    const { sshd } = this.testbed;
    return {
      handshakes: sshd.count("Accepted publickey"),
      sessions: sshd.count("Starting session"),
      apiCalls: this.testbed.journal().length,
    };
  }

  /** Steps that are missing on the servers, or left over, as sentences. Looks at the files alone. */
  problems({ expected, changed }) {
    return this.servers.flatMap((server) => {
      const found = this.lookAt(server);
      const role = changed === server.name ? "write-only" : server.role;
      const wanted = { token: true, member: true, role, address: true };
      const none = { token: false, member: false, role: undefined, address: false };
      return steps
        .filter((step) => found[step] !== (expected ? wanted : none)[step])
        .map((step) => `${server.name}: ${step} is ${found[step]}`);
    });
  }

  /** Makes what the four steps make, as somebody does with a mouse: nothing that is measured has a part in it. */
  click() {
    for (const { name, peer, peerAddress, role } of this.servers) {
      clickEntries(this.testbed, [{ from: name, to: peer, role }]);
      clickAddress(this.testbed, name, peerAddress);
    }
  }

  /** Takes it away again. */
  clear() {
    for (const { name, peerAddress } of this.servers) {
      const files = this.testbed.files(name);
      for (const end of ["", "-dnsrole"]) files.remove(`${memberFile(peerAddress)}${end}`);
      files.remove("/etc/ips.remotedns");
      editTokens(this.testbed, name, () => undefined);
    }
  }

  async stop() {
    await this.testbed.stop();
  }

  lookAt({ name, peerAddress }) {
    const files = this.testbed.files(name);
    const folder = "/var/cpanel/cluster/root/config";
    return {
      token: storedTokens(this.testbed, name).length > 0,
      member: /^pass=\S+$/m.test(files.read(`${folder}/${peerAddress}`) ?? ""),
      role: files.read(`${folder}/${peerAddress}-dnsrole`),
      address: (files.read("/etc/ips.remotedns") ?? "").split("\n").includes(peerAddress),
    };
  }
}

/** What programs need that are run there: a home, a place for temporary files, a name for root, and /dev/null. */
function furnish(testbed, name) {
  const folder = testbed.folderOf(name);
  for (const place of ["root", "tmp", "dev"]) mkdirSync(join(folder, place), { recursive: true });
  writeFileSync(join(folder, "etc", "passwd"), "root:x:0:0:root:/root:/bin/bash\n");
  writeFileSync(join(folder, "dev", "null"), "");
  const { status, stderr } = spawnSync("mount", ["--bind", "/dev/null", join(folder, "dev", "null")]);
  if (status !== 0) throw new Error(stderr.toString());
}

/** OpenSSH's own client needs files: the key, and what is known of the hosts. */
export function writeSshFiles(site, folder) {
  const [{ connection: first }] = site.servers;
  writeFileSync(join(folder, "key"), first.privateKey, { mode: 0o600 });
  writeFileSync(join(folder, "known_hosts"), "");
  for (const { connection } of site.servers) {
    const line = `[${connection.host}]:${connection.port} ${connection.hostKey}\n`;
    appendFileSync(join(folder, "known_hosts"), line);
  }
}

import { readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { AdoptedCluster } from "../helpers/adopted-cluster";
import { runCommand, type CommandResult } from "../helpers/run-command";
import { startTestbed, type Testbed } from "../testbed/testbed";

jest.setTimeout(240_000);

const names = ["web1", "web2", "ns1", "ns2"] as const;
const page = resolve(__dirname, "../../docs/adopting.md");
const register = "var/cpanel/.pulumi-whm";

describe("a cluster that a shell script has made, behind real OpenSSH servers", () => {
  let testbed: Testbed;
  let cluster: AdoptedCluster;
  beforeAll(async () => {
    const [web, nameserver] = [
      { type: "cpanel" as const, commandLine: true },
      { type: "dnsonly" as const, commandLine: true },
    ];
    testbed = await startTestbed({ servers: { web1: web, web2: web, ns1: nameserver, ns2: nameserver } });
    const addresses = names.map((name) => testbed.servers[name]!.address!);
    await textOf("sh", join(__dirname, "make-cluster.sh"), trees(), ...addresses);
    cluster = await AdoptedCluster.in(testbed);
    await writeConnections();
  });
  afterAll(async () => {
    await cluster?.remove();
    await testbed?.stop();
  });

  const trees = (): string => dirname(testbed.folderOf("web1"));

  /** Connections as the page has them: SSH with a key in a file, and no API token. */
  async function writeConnections(): Promise<void> {
    const home = dirname(cluster.folder);
    const keyFile = join(home, "id_ed25519");
    await writeFile(keyFile, testbed.servers["web1"]!.connection!.privateKey!, { mode: 0o600 });
    const servers = names.map((name) => {
      const { type, address, connection } = testbed.servers[name]!;
      const { host, port, hostKey } = connection!;
      const way = `host: "${host}", port: ${port}, hostKey: "${hostKey}", privateKeyFile: "${keyFile}"`;
      return `${name}:\n  { type: ${type}, address: "${address}", connection: { ${way} } }\n`;
    });
    await writeFile(join(home, "servers.yaml"), servers.join(""));
  }

  /** Runs a command that stands in the page. */
  async function run(command: string): Promise<CommandResult> {
    expect(await readFile(page, "utf8")).toContain(command);
    const [program, ...words] = command.split(" ");
    return program === "pulumi" ? cluster.pulumi(...words) : cluster.whmDns(...words);
  }

  /**
   * Whatever lies on the servers, with inode and time of the last change: a file that was replaced by an equal one
   * differs, and so does a folder in which a file came and went.
   */
  async function everything(): Promise<string[]> {
    const listing = await textOf("find", trees(), "-xdev", "-printf", "%y %P %m %U:%G %i %s %C@\n");
    return listing.trim().split("\n").sort();
  }

  const writes = () => testbed.journal().filter(({ write }) => write);

  test("[E] is adopted with the commands of the page, and destroy names what it leaves to the byte", async () => {
    const before = await everything();
    const doctor = await run("whm-dns doctor --connections servers.yaml");
    expect(doctor).toMatchObject({ code: 0, stderr: "" });
    expect(doctor.stdout).toContain("4 servers: 4 well");
    const adopted = await run("whm-dns adopt --connections servers.yaml --out dns --stack dev");
    expect(adopted).toMatchObject({ code: 0, stderr: "" });
    expect(adopted.stdout).toContain("Found a cluster with 3 entries on 4 servers.");
    expect(leftAlone(adopted.stdout)).toEqual([
      "web1: entry for 203.0.113.7: it is a role file without a member file",
      "web2: entry for ns2: WHM doesn't see it: WHM can't read its role file",
      "web2: entry for softlayer: it belongs to another module (SoftLayer)",
      "web2: line 203.0.113.9 in /etc/ips.remotedns: no link that was found needs it",
    ]);
    expect(await cluster.text("index.ts")).toMatch(/server: "ns1",\s+users: \["web1", "web2"\]/);
    expect(testbed.sshd.count("Accepted publickey")).toBe(2 * names.length);

    for (const command of [
      "pulumi preview --stack dev --expect-no-changes",
      "pulumi preview --stack dev --refresh --expect-no-changes",
    ])
      expect(await run(command)).toMatchObject({ code: 0 });
    const up = await cluster.pulumi("up", "--yes", "--skip-preview", "--expect-no-changes");
    expect(up).toMatchObject({ code: 0 });
    expect([writes(), await everything()]).toEqual([[], before]);

    expect(await run("whm-dns adopt --claim --out dns --stack dev")).toMatchObject({ code: 0, stderr: "" });
    const claimed = files(await everything());
    expect(claimed.filter((line) => !line.includes(register))).toEqual(files(before));
    expect(claimed.filter((line) => /(member|line)\./.test(line))).toHaveLength(6);

    const destroyed = await cluster.pulumi("destroy", "--yes", "--skip-preview");
    expect(destroyed).toMatchObject({ code: 0 });
    // Two tokens, three entries, three trusted addresses: the diagnostics name each once.
    const [, diagnostics = ""] = destroyed.stdout.split("Diagnostics:");
    expect(diagnostics.match(/stays on \w+: it was there before/g)).toHaveLength(8);
    expect([writes(), files(await everything())]).toEqual([[], files(before)]);
  });
});

/** What a listing has of files alone: a claim that came and went leaves its mark on a folder. */
function files(listing: readonly string[]): string[] {
  return listing.filter((line) => line.startsWith("f "));
}

/** What `adopt` has named, without what to do about it. */
function leftAlone(printed: string): string[] {
  const lines = printed.split("\n").filter((line) => line.startsWith("  "));
  return lines.map((line) => line.trim().replace(/\. .*/, ""));
}

async function textOf(command: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand(command, args);
  if (code === 0) return stdout;
  throw new Error(`${command} ended with ${code}: ${stderr}`);
}

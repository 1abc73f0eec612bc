import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection } from "../../../provider/schema/connection";
import type { Server as ServerSettings } from "../../../provider/schema/server";
import { makeKeyPair } from "../../../provider/simulator/credentials";
import { examineServers } from "../../../provider/survey/checks";
import { ProviderProcess, type CreatedResource } from "../../helpers/provider-process";
import { memberInputs, tokenInputs } from "../../helpers/resource-inputs";
import { directories } from "../../testbed/directories";
import { deploy, installSudo, removeSftpServer, removeSudo, setSudoers } from "../../testbed/sudo";
import { startTestbed, type Testbed } from "../../testbed/testbed";

jest.setTimeout(120_000);

const commands = "/usr/libexec/openssh/sftp-server, /usr/local/cpanel/bin/whmapi1, /bin/date";
const rule = `${deploy} ALL=(root) NOPASSWD: ${commands}`;

describe("a login that is not root", () => {
  let testbed: Testbed;
  let keys = "";
  const { publicKey, privateKey } = makeKeyPair();
  const directory = directories();

  beforeAll(async () => {
    keys = mkdtempSync(join(tmpdir(), "pulumi-whm-sudo-"));
    writeFileSync(join(keys, "deploy"), `${publicKey}\n`);
    const web1 = { type: "cpanel" as const, commandLine: true };
    const ns1 = { type: "dnsonly" as const, commandLine: true };
    testbed = await startTestbed({
      servers: { web1, ns1 },
      sshd: [`AuthorizedKeysCommand /usr/bin/cat ${join(keys, "deploy")}`, "AuthorizedKeysCommandUser root"],
    });
  });
  afterAll(async () => {
    await testbed.stop();
    rmSync(keys, { recursive: true });
  });
  beforeEach(() => {
    for (const name of ["web1", "ns1"]) {
      // The tree of a server as only root may read it.
      spawnSync("chmod", ["0711", join(testbed.folderOf(name), "var/cpanel")]);
      installSudo(testbed.folderOf(name));
      setSudoers(testbed.folderOf(name), "root ALL=(ALL) ALL", rule);
    }
  });

  /** The servers behind this log-in. */
  function servers(login: Partial<Connection>): Record<string, ServerSettings> {
    const all = Object.entries(testbed.servers).map(
      ([name, server]) => [name, { ...server, connection: { ...server.connection!, ...login } }] as const,
    );
    return Object.fromEntries(all);
  }

  const withoutApi = ({ api: _api, ...server }: ServerSettings): ServerSettings => server;

  const asDeploy = (more: Partial<Connection> = { sudo: true }): Record<string, ServerSettings> =>
    servers({ user: deploy, privateKey, ...more });

  function refused(login: Partial<Connection> = { sudo: true }): Promise<Error> {
    const opening = directory(asDeploy(login))
      .get("ns1")
      .files()
      .then((files) => files.list("/var/cpanel"));
    return opening.then(
      () => Promise.reject(new Error("It was let in.")),
      (error: unknown) => error as Error,
    );
  }

  /** Every file and folder below a place, with mode and owner. */
  function listing(): string[] {
    const places = ["var/cpanel", "etc/ips.remotedns"].map((place) => join(testbed.folderOf("web1"), place));
    const { stdout } = spawnSync("find", [...places, "-printf", "%y %m %U:%G %P\n"]);
    return stdout.toString().trim().split("\n").sort();
  }

  /** Makes a link and a trusted address, and returns what stands on web1. */
  async function apply(provider: ProviderProcess): Promise<{ made: CreatedResource[]; stands: string[] }> {
    const address = testbed.servers["ns1"]!.address!;
    const token = await provider.create(
      "ApiToken",
      tokenInputs({ whitelistIps: [testbed.servers["web1"]!.address!] }),
    );
    const secret = token.properties["token"] as string;
    const member = await provider.create("DnsClusterMember", memberInputs(secret, { peerAddress: address }));
    const trusted = await provider.create("TrustedRemoteIp", {
      server: "web1",
      address,
      logicalName: "p/s/ip",
    });
    return { made: [trusted, member, token], stands: listing() };
  }

  async function withProvider<T>(
    settings: Record<string, ServerSettings>,
    work: (provider: ProviderProcess) => Promise<T>,
  ): Promise<T> {
    const provider = await ProviderProcess.start({ "whm:servers": JSON.stringify(settings) });
    try {
      return await work(provider);
    } finally {
      await provider.stop();
    }
  }

  test("[E] makes through sudo what root makes, readable and removable by either, and leaves nothing", async () => {
    // A strict umask of sudo must not show in the modes of files.
    for (const name of ["web1", "ns1"])
      setSudoers(testbed.folderOf(name), "Defaults umask=0077", "Defaults umask_override", rule);
    const byRoot = await withProvider(servers({}), async (provider) => {
      const { made, stands } = await apply(provider);
      for (const each of made) await provider.delete(each);
      return stands;
    });
    const left = listing();
    // What stays of a link, so that it is made anew.
    for (const place of ["cluster", "useclusteringdns"])
      rmSync(join(testbed.folderOf("web1"), "var/cpanel", place), { recursive: true });
    const { made, stands } = await withProvider(asDeploy(), apply);
    expect(stands).toEqual(byRoot);
    expect(
      stands.filter((line) => line.includes(".pulumi-whm")).every((line) => / (700|600) 0:0 /.test(line)),
    ).toBe(true);
    await withProvider(servers({}), async (provider) => {
      for (const each of made) expect(await provider.read(each)).toMatchObject({ id: each.id });
    });
    await withProvider(asDeploy(), async (provider) => {
      for (const each of made) await provider.delete(each);
    });
    expect(listing()).toEqual(left);
  });

  test("[E] passes every check of whm-dns doctor with sudo", async () => {
    const { web1, ns1 } = asDeploy();
    const registry = directory({ web1: withoutApi(web1!), ns1: withoutApi(ns1!) });
    const examined = await examineServers(registry, ["web1", "ns1"], { atOnce: 2 });
    const checks = examined.flatMap((each) => each.checks);
    expect(checks.filter(({ state }) => state === "failed")).toEqual([]);
    expect(checks).toContainEqual({ check: "api", state: "ok", message: "whmapi1 answers over SSH" });
  });

  test("[E] is told without sudo which path was refused, and what to set", async () => {
    const error = await refused({});
    expect(error).toMatchObject({ code: "file-error", phrase: "list /var/cpanel" });
    expect(error.message).toContain("deploy is another login. Log in as root, or set sudo: true");
  });

  test.each([
    ["needs a password", `${deploy} ALL=(root) ${commands}`, /a password is required .*NOPASSWD/],
    [
      "knows another login only",
      "root ALL=(ALL) ALL",
      /a password is required|not in the sudoers|may not run sudo/,
    ],
    [
      "allows another command only",
      `${deploy} ALL=(root) NOPASSWD: /bin/date`,
      /a password is required|not allowed/,
    ],
    ["wants a terminal", `Defaults requiretty\n${rule}`, /must have a tty .*!requiretty/],
    ["has a broken file", "what is this", /\[missing-privilege\]/],
  ])("[E] is told what sudo said if it %s", async (_case, rules, sentence) => {
    setSudoers(testbed.folderOf("ns1"), rules);
    const error = await refused();
    expect(error).toMatchObject({ code: "missing-privilege", phrase: "open an SFTP session" });
    expect(error.message).toMatch(sentence);
  });

  test.each([
    ["sudo", removeSudo, /sudo.*No such file.*Install sudo/],
    ["sftp-server", removeSftpServer, /no sftp-server .*Install/],
  ])("[E] is told that there is no %s", async (_what, remove, sentence) => {
    remove(testbed.folderOf("ns1"));
    const error = await refused();
    expect(error).toMatchObject({ code: "missing-privilege" });
    expect(error.message).toMatch(sentence);
  });

  test("[E] is told if sudo allows the SFTP server, but not a command", async () => {
    setSudoers(testbed.folderOf("ns1"), `${deploy} ALL=(root) NOPASSWD: /usr/libexec/openssh/sftp-server`);
    const running = directory(asDeploy()).get("ns1").run(["/usr/local/cpanel/bin/whmapi1", "version"]);
    await expect(running).rejects.toMatchObject({ code: "missing-privilege" });
    await expect(running).rejects.toThrow(/NOPASSWD: .*whmapi1/);
  });
});

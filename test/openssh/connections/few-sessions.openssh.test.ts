import type { Server as ServerSettings } from "../../../provider/schema/server";
import { examineServers } from "../../../provider/survey/checks";
import { ProviderProcess } from "../../helpers/provider-process";
import { memberInputs, tokenInputs } from "../../helpers/resource-inputs";
import { directories } from "../../testbed/directories";
import { installSudo, setSudoers } from "../../testbed/sudo";
import { type BedServerOptions, startTestbed, type Testbed } from "../../testbed/testbed";

jest.setTimeout(120_000);

const directory = directories();
const whmapi1 = ["/usr/local/cpanel/bin/whmapi1", "--output=json", "version"];
const allowed = [1, 2, 3] as const;
const nameOf = (many: number): string => `ns${many}`;

let testbed: Testbed;
beforeAll(async () => {
  const nameservers = allowed.map((many) => [
    nameOf(many),
    { type: "dnsonly" as const, commandLine: true, sshd: [`MaxSessions ${many}`, "AllowTcpForwarding no"] },
  ]);
  testbed = await startTestbed({
    servers: {
      web1: { type: "cpanel", commandLine: true, sshd: ["MaxSessions 1"] },
      ...(Object.fromEntries(nameservers) as Record<string, BedServerOptions>),
    },
  });
});
afterAll(() => testbed.stop());

const withoutApi = ({ api: _api, ...server }: ServerSettings): ServerSettings => server;
const overSsh = (name: string): ServerSettings => withoutApi(testbed.servers[name]!);

/** How often somebody has logged in, while this was done. */
async function logInsOf(work: () => Promise<unknown>): Promise<number> {
  const before = testbed.sshd.count("Accepted publickey");
  await work();
  return testbed.sshd.count("Accepted publickey") - before;
}

describe("an sshd that allows few sessions and forwards nothing, without api", () => {
  test.each(allowed)(
    "[E] serves files and programs at once with one more log-in: MaxSessions %i",
    async (many) => {
      const name = nameOf(many);
      const server = directory({ [name]: overSsh(name) }).get(name);
      const calls = testbed.journal().length;
      const logIns = await logInsOf(async () => {
        const files = await server.files();
        const [listed, ...replies] = await Promise.all([
          files.list("/var/cpanel"),
          ...Array.from({ length: 6 }, () => server.run(whmapi1)),
        ]);
        expect(listed).not.toEqual([]);
        expect(replies.filter(({ stdout }) => !stdout.includes('"version"'))).toEqual([]);
      });
      expect(logIns).toBe(2);
      expect(testbed.journal().length - calls).toBe(6);
    },
  );

  test("[E] opens SFTP although programs came first", async () => {
    const server = directory({ ns1: overSsh("ns1") }).get("ns1");
    const running = [server.run(whmapi1), server.run(whmapi1)];
    const files = await server.files();
    expect(await files.list("/var/cpanel")).not.toEqual([]);
    await Promise.all(running);
  });

  test("[E] gets a token and a link, each made once, and loses them again", async () => {
    const servers = { web1: overSsh("web1"), ns1: overSsh("ns1") };
    const calls = testbed.journal().length;
    const provider = await ProviderProcess.start({ "whm:servers": JSON.stringify(servers) });
    try {
      const whitelistIps = [testbed.servers["web1"]!.address!];
      const token = await provider.create("ApiToken", tokenInputs({ whitelistIps }));
      const peerAddress = testbed.servers["ns1"]!.address!;
      const secret = token.properties["token"] as string;
      const member = await provider.create("DnsClusterMember", memberInputs(secret, { peerAddress }));
      expect(await provider.read(member)).toMatchObject({ id: member.id });
      for (const made of [member, token]) await provider.delete(made);
    } finally {
      await provider.stop();
    }
    const made = testbed
      .journal()
      .slice(calls)
      .filter(({ operation }) => operation.includes("api_token_create"));
    expect(made).toHaveLength(1);
  });

  test("[E] works through sudo too, and passes every check of whm-dns doctor", async () => {
    for (const name of ["web1", "ns1"]) {
      installSudo(testbed.folderOf(name));
      setSudoers(testbed.folderOf(name), "root ALL=(ALL) NOPASSWD: ALL");
    }
    const withSudo = (name: string): ServerSettings => {
      const server = overSsh(name);
      return { ...server, connection: { ...server.connection!, sudo: true } };
    };
    const registry = directory({ web1: withSudo("web1"), ns1: withSudo("ns1") });
    const examined = await examineServers(registry, ["web1", "ns1"], { atOnce: 2 });
    const checks = examined.flatMap((each) => each.checks);
    expect(checks.filter(({ state }) => state === "failed")).toEqual([]);
    expect(checks).toContainEqual({ check: "api", state: "ok", message: "whmapi1 answers over SSH" });
  });
});

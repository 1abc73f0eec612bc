import type { Server } from "../../provider/schema/server";
import { whm } from "./helpers/https-client";
import { simulate, stopSimulations } from "./helpers/simulation";
import { ask, askFor, exec, openSftp } from "./helpers/ssh-client";

afterEach(stopSimulations);

describe("the journal", () => {
  test("[I] records every call, transfer and command in order, and which of them change something", async () => {
    const { sim, server, ssh } = await simulate({
      servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" } },
    });
    await whm(server("ns1"), "api_token_create", { token_name: "a" });
    await whm(server("ns1"), "cluster_member_has_trust_with", { host: "192.0.2.10" });
    const client = await ssh("web1");
    const sftp = await openSftp(client);
    await ask((done) => sftp.mkdir("/root/d", done));
    await ask((done) => sftp.writeFile("/root/d/x.tmp", "x", done));
    await ask((done) => sftp.ext_openssh_rename("/root/d/x.tmp", "/root/d/x", done));
    await askFor<Buffer>((done) => sftp.readFile("/root/d/x", (error, data) => done(error, data)));
    await ask((done) => sftp.unlink("/root/d/x", done));
    await exec(client, "/usr/local/cpanel/bin/whmapi1 --output=json api_token_revoke token_name=a");
    await exec(client, "/usr/local/cpanel/scripts/dnscluster synczone example.com");
    const told = sim
      .journal()
      .map((entry) => [entry.server, entry.door, entry.operation, entry.target, entry.write]);
    expect(told).toEqual([
      ["ns1", "api", "api_token_create", "a", true],
      ["ns1", "api", "cluster_member_has_trust_with", "192.0.2.10", false],
      ["web1", "ssh", "connect", "", false],
      ["web1", "ssh", "login", "root", false],
      ["web1", "sftp", "mkdir", "/root/d", true],
      ["web1", "sftp", "write", "/root/d/x.tmp", true],
      ["web1", "sftp", "rename", "/root/d/x", true],
      ["web1", "sftp", "read", "/root/d/x", false],
      ["web1", "sftp", "fstat", "/root/d/x", false],
      ["web1", "sftp", "remove", "/root/d/x", true],
      ["web1", "exec", "api_token_revoke", "a", true],
      ["web1", "exec", "dnscluster", "synczone example.com", true],
    ]);
  });

  test("[I] records a refused call and a call with a dropped reply", async () => {
    const { sim, server } = await simulate({ servers: { ns1: { type: "dnsonly" } } });
    await whm(server("ns1"), "version", {}, { authorization: "whm root:WRONG" });
    sim.fault("ns1", "reset");
    await expect(whm(server("ns1"), "api_token_create", { token_name: "a" })).rejects.toThrow();
    expect(sim.journal().map(({ operation }) => operation)).toEqual(["version", "api_token_create"]);
  });

  test("[I] can be cleared without changing earlier copies", async () => {
    const { sim, server } = await simulate({ servers: { ns1: { type: "dnsonly" } } });
    await whm(server("ns1"), "version");
    const before = sim.journal();
    sim.clearJournal();
    expect([before.length, sim.journal().length]).toEqual([1, 0]);
  });

  test("[I] notifies a watcher of connections and of each event before it happens, until the watcher ends", async () => {
    const { sim, server } = await simulate({ servers: { ns1: { type: "dnsonly" } } });
    const tokens = () => sim.files("ns1").read("/var/cpanel/authn/api_tokens_v2/whostmgr/root.json") ?? "";
    const seen: [string, boolean][] = [];
    const end = sim.watch(({ operation }) => seen.push([operation, tokens().includes('"name":"a"')]));
    await whm(server("ns1"), "api_token_create", { token_name: "a" });
    end();
    await whm(server("ns1"), "version");
    expect(seen).toEqual([
      ["connect", false],
      ["api_token_create", false],
    ]);
    expect(sim.journal().map(({ operation }) => operation)).not.toContain("connect");
    expect(tokens()).toContain('"name":"a"');
  });

  test("[I] never holds a secret: no tokens, passwords, keys or written text", async () => {
    const { sim, server, ssh } = await simulate({
      servers: { ns1: { type: "dnsonly", password: "PLANTED-P" } },
    });
    const ns1 = server("ns1");
    const made = await whm(ns1, "api_token_create", { token_name: "a" });
    const secret = String(made.data?.token);
    await whm(ns1, "api_token_get_details", { token: secret });
    await whm(ns1, secret, { token: secret });
    await whm(ns1, "batch", { command: `api_token_get_details?token=${secret}` });
    await whm(ns1, "version", {}, { authorization: `whm root:${secret}X` });
    const client = await ssh("ns1");
    const sftp = await openSftp(client);
    await ask((done) => sftp.writeFile("/root/x", `pass=${secret}`, done));
    await exec(client, `/usr/local/cpanel/bin/whmapi1 api_token_get_details token=${secret}`);
    await exec(client, `/usr/local/cpanel/bin/whmapi1 ${secret}`);
    await exec(client, `${secret} --pass=${secret}`);
    await exec(client, `/usr/local/cpanel/scripts/dnscluster ${secret}`);
    await exec(client, `/usr/local/cpanel/cpanel ${secret}`);
    const text = JSON.stringify(sim.journal());
    for (const planted of [secret, ...secretsOf(ns1), "PLANTED-P"]) expect(text).not.toContain(planted);
  });
});

function secretsOf({ api, connection }: Server): string[] {
  return [api?.token ?? "", connection?.privateKey ?? ""].filter((secret) => secret !== "");
}

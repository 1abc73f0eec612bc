import type { SFTPWrapper } from "ssh2";
import type { FaultName } from "../../provider/simulator";
import { call, whm } from "./helpers/https-client";
import { containing, matching } from "./helpers/matchers";
import { simulate, stopSimulations, type Simulation } from "./helpers/simulation";
import { ask, askFor, closeOf, exec, login, openSftp } from "./helpers/ssh-client";

afterEach(stopSimulations);

function one(): Promise<Simulation> {
  return simulate({ servers: { ns1: { type: "dnsonly" } } });
}

const version = "version?api.version=1";
const create = { token_name: "a", acl: "clustering", whitelist_ip: "192.0.2.1" };

/** Whether a promise is still pending after a turn of every queue that a reply on loopback would need. */
async function isPending(promise: Promise<unknown>, milliseconds: number): Promise<boolean> {
  const late = Symbol("late");
  const timer = new Promise((resolve) => setTimeout(() => resolve(late), milliseconds));
  return (await Promise.race([promise.catch(() => "failed"), timer])) === late;
}

describe("faults of the HTTPS API", () => {
  async function names({ server, sim }: Simulation): Promise<string[]> {
    sim.clearFaults();
    const { data } = await whm(server("ns1"), "api_token_list");
    return Object.keys(data?.tokens as object);
  }

  test("[I] slow answers late", async () => {
    const { server, sim } = await one();
    sim.fault("ns1", "slow", { ms: 150 });
    const begun = performance.now();
    await whm(server("ns1"), "version");
    expect(performance.now() - begun).toBeGreaterThanOrEqual(145);
  });

  test("[I] reset drops the connection and does nothing", async () => {
    const simulation = await one();
    simulation.sim.fault("ns1", "reset", { operation: "api_token_create" });
    await expect(whm(simulation.server("ns1"), "api_token_create", create)).rejects.toThrow(
      /hang up|ECONNRESET/,
    );
    expect(await names(simulation)).not.toContain("a");
  });

  test("[I] reset-after does the work and loses the reply", async () => {
    const simulation = await one();
    simulation.sim.fault("ns1", "reset-after", { operation: "api_token_create", times: 1 });
    await expect(whm(simulation.server("ns1"), "api_token_create", create)).rejects.toThrow(
      /hang up|ECONNRESET/,
    );
    expect(await names(simulation)).toContain("a");
  });

  test("[I] truncated cuts the body in the middle", async () => {
    const { server, sim } = await one();
    sim.fault("ns1", "truncated");
    await expect(call(server("ns1"), version)).rejects.toThrow("aborted");
  });

  test.each<[FaultName, number, string, RegExp]>([
    ["html", 200, "text/html", /<html/],
    ["legacy-403", 403, "text/plain", /cpanelresult/],
    ["error-500", 500, "text/html", /500/],
  ])("[I] %s answers with status %p and %s", async (name, status, type, text) => {
    const { server, sim } = await one();
    sim.fault("ns1", name);
    const reply = await call(server("ns1"), version);
    expect(reply).toMatchObject({
      status,
      type: containing(type),
      text: matching(text),
    });
  });

  test("[I] forgetful forgets the token of a call that it has answered", async () => {
    const { server, sim } = await one();
    sim.fault("ns1", "forgetful", { operation: "version" });
    expect(await whm(server("ns1"), "version")).toMatchObject({ metadata: { result: 1 } });
    expect(await call(server("ns1"), version)).toMatchObject({ status: 403 });
  });

  test("[I] half-applied reports success and stores a token without its limits", async () => {
    const { server, sim } = await one();
    sim.fault("ns1", "half-applied");
    const { data } = await whm(server("ns1"), "api_token_create", create);
    expect(data?.whitelist_ips).toEqual(["192.0.2.1"]);
    const { data: listed } = await whm(server("ns1"), "api_token_list");
    expect((listed?.tokens as Record<string, unknown>).a).toMatchObject({ whitelist_ips: null });
  });

  test("[I] half-applied applies only the first change of an update", async () => {
    const { server, sim } = await one();
    await whm(server("ns1"), "api_token_create", create);
    sim.fault("ns1", "half-applied");
    await whm(server("ns1"), "api_token_update", { token_name: "a", acl: "status", whitelist_ip: "any" });
    const { data } = await whm(server("ns1"), "api_token_list");
    expect((data?.tokens as Record<string, unknown>).a).toMatchObject({
      acls: { status: 1, clustering: 0 },
      whitelist_ips: ["192.0.2.1"],
    });
  });

  test("[I] lying-success reports a new token, an update and a revocation, and changes nothing", async () => {
    const { server, sim } = await one();
    await whm(server("ns1"), "api_token_create", { token_name: "old" });
    const before = sim.files("ns1").snapshot();
    sim.fault("ns1", "lying-success");
    const replies = [
      await whm(server("ns1"), "api_token_create", create),
      await whm(server("ns1"), "api_token_update", { token_name: "old", acl: "status" }),
      await whm(server("ns1"), "api_token_revoke", { token_name: "old" }),
    ];
    expect(replies.map(({ metadata }) => metadata.result)).toEqual([1, 1, 1]);
    expect(replies[0]?.data?.token).toMatch(/^[0-9A-Z]{32}$/);
    expect(sim.files("ns1").snapshot()).toEqual(before);
  });

  test("[I] refuse closes the port for new and open connections until it is cleared", async () => {
    const { server, sim } = await one();
    sim.fault("ns1", "refuse", { door: "api" });
    await expect(call(server("ns1"), version)).rejects.toMatchObject({ code: "ECONNREFUSED" });
    await exec(await login(server("ns1")), "/usr/local/cpanel/cpanel -V").then(({ code }) =>
      expect(code).toBe(0),
    );
    sim.clearFaults();
    expect((await call(server("ns1"), version)).status).toBe(200);
  });

  test("[I] silent accepts and sends nothing", async () => {
    const { server, sim } = await one();
    sim.fault("ns1", "silent", { door: "api" });
    expect(await isPending(call(server("ns1"), version), 150)).toBe(true);
  });

  test("[I] a fault on one server does not affect the others", async () => {
    const { server, sim } = await simulate({
      servers: { ns1: { type: "dnsonly" }, ns2: { type: "dnsonly" } },
    });
    sim.fault("ns1", "error-500");
    expect((await call(server("ns2"), version)).status).toBe(200);
  });
});

describe("faults of the SFTP server", () => {
  async function opened(): Promise<Simulation & { sftp: SFTPWrapper }> {
    const simulation = await one();
    const client = await simulation.ssh("ns1");
    client.on("error", () => undefined);
    return { ...simulation, sftp: await openSftp(client) };
  }

  const write = (sftp: SFTPWrapper): Promise<void> =>
    ask((done) => sftp.writeFile("/root/x", "0123456789", done));

  test.each<[FaultName, object]>([
    ["disk-full", { code: 4 }],
    ["read-only", { code: 3 }],
  ])("[I] %s makes writes fail while reads succeed", async (name, error) => {
    const { sftp, sim } = await opened();
    sim.fault("ns1", name);
    await expect(write(sftp)).rejects.toMatchObject(error);
    const text = await askFor<Buffer>((done) =>
      sftp.readFile("/var/cpanel/cpanel.config", (failed, data) => done(failed, data)),
    );
    expect(text.length).toBeGreaterThan(0);
  });

  test("[I] disk-full leaves an empty file behind", async () => {
    const { sftp, sim } = await opened();
    sim.fault("ns1", "disk-full");
    await expect(write(sftp)).rejects.toMatchObject({ code: 4 });
    expect(sim.files("ns1").read("/root/x")).toBe("");
  });

  test("[I] half-applied writes half of the data", async () => {
    const { sftp, sim } = await opened();
    sim.fault("ns1", "half-applied");
    await write(sftp);
    expect(sim.files("ns1").read("/root/x")).toBe("01234");
  });

  test("[I] lying-success does not write, rename, create or remove anything", async () => {
    const { sftp, sim } = await opened();
    const before = sim.files("ns1").snapshot();
    sim.fault("ns1", "lying-success");
    await write(sftp);
    await ask((done) => sftp.ext_openssh_rename("/root/x", "/root/y", done));
    await ask((done) => sftp.mkdir("/root/d", done));
    await ask((done) => sftp.unlink("/var/cpanel/dnsonly", done));
    await ask((done) => sftp.chmod("/var/cpanel/cpanel.config", 0, done));
    expect(sim.files("ns1").snapshot()).toEqual(before);
    expect(sim.files("ns1").mode("/var/cpanel/cpanel.config")).toBe(0o644);
  });

  test("[I] forgetful keeps a renamed file until it was read back", async () => {
    const { sftp, sim } = await opened();
    sim.files("ns1").write("/root/y", "old");
    sim.files("ns1").write("/root/x", "new");
    sim.fault("ns1", "forgetful", { operation: "rename" });
    await ask((done) => sftp.ext_openssh_rename("/root/x", "/root/y", done));
    expect(sim.files("ns1").read("/root/y")).toBe("new");
    const handle = await askFor<Buffer>((done) => sftp.open("/root/y", "r", done));
    await ask((done) => sftp.close(handle, done));
    expect(sim.files("ns1").read("/root/y")).toBe("old");
  });

  test("[I] truncated returns the first half of a file", async () => {
    const { sftp, sim } = await opened();
    sim.files("ns1").write("/root/x", "0123456789");
    sim.fault("ns1", "truncated");
    const handle = await askFor<Buffer>((done) => sftp.open("/root/x", "r", done));
    const buffer = Buffer.alloc(20);
    const length = await askFor<number>((done) => sftp.read(handle, buffer, 0, 20, 0, done));
    expect(buffer.subarray(0, length).toString()).toBe("01234");
  });

  test.each<[FaultName, string | undefined]>([
    ["reset", "before"],
    ["reset-after", "0123456789"],
  ])("[I] %s at the rename drops the connection; the file then holds %j", async (name, text) => {
    const { sftp, sim } = await opened();
    sim.files("ns1").write("/root/y", "before");
    await write(sftp);
    sim.fault("ns1", name, { door: "sftp", operation: "rename", times: 1 });
    await expect(ask((done) => sftp.ext_openssh_rename("/root/x", "/root/y", done))).rejects.toThrow();
    expect(sim.files("ns1").read("/root/y")).toBe(text);
  });

  test("[I] slow and silent delay a reply", async () => {
    const { sftp, sim } = await opened();
    const stat = (): Promise<unknown> => askFor((done) => sftp.stat("/etc", done));
    sim.fault("ns1", "slow", { ms: 150 });
    const begun = performance.now();
    await stat();
    expect(performance.now() - begun).toBeGreaterThanOrEqual(145);
    sim.clearFaults();
    sim.fault("ns1", "silent", { door: "sftp", times: 1 });
    expect(await isPending(stat(), 100)).toBe(true);
    await stat();
  });
});

describe("faults of SSH connections and commands", () => {
  const line = "/usr/local/cpanel/bin/whmapi1 --output=json api_token_create token_name=a";

  test("[I] host-key-changed affects new connections until it is cleared", async () => {
    const { server, sim } = await one();
    sim.fault("ns1", "host-key-changed");
    await expect(login(server("ns1"))).rejects.toThrow(/[Hh]ost/);
    sim.clearFaults();
    (await login(server("ns1"))).end();
  });

  test("[I] refuse closes the port and open connections", async () => {
    const { server, sim, ssh } = await one();
    const client = await ssh("ns1");
    const closed = closeOf(client);
    sim.fault("ns1", "refuse");
    await closed;
    await expect(login(server("ns1"))).rejects.toMatchObject({ code: "ECONNREFUSED" });
    sim.clearFaults();
    (await login(server("ns1"))).end();
  });

  test("[I] silent never sends a greeting", async () => {
    const { server, sim } = await one();
    sim.fault("ns1", "silent", { door: "ssh" });
    await expect(login(server("ns1"), { readyTimeout: 150 })).rejects.toThrow("Timed out");
  });

  test("[I] truncated cuts the output of a command in half", async () => {
    const { sim, ssh } = await one();
    sim.fault("ns1", "truncated", { door: "exec" });
    const { stdout, code } = await exec(await ssh("ns1"), line);
    expect(code).toBe(0);
    expect(() => JSON.parse(stdout) as unknown).toThrow();
  });

  test.each<[FaultName, boolean]>([
    ["reset", false],
    ["reset-after", true],
  ])("[I] %s during a command: the token exists: %p", async (name, isThere) => {
    const { sim, ssh } = await one();
    const client = await ssh("ns1");
    client.on("error", () => undefined);
    sim.fault("ns1", name, { door: "exec", operation: "api_token_create" });
    const outcome = await exec(client, line).catch(() => ({ code: null }));
    expect(outcome.code).toBeNull();
    const tokens = sim.files("ns1").read("/var/cpanel/authn/api_tokens_v2/whostmgr/root.json");
    expect(tokens?.includes('"name":"a"')).toBe(isThere);
  });

  test("[I] lying-success reports a token that does not exist", async () => {
    const { sim, ssh } = await one();
    const before = sim.files("ns1").snapshot();
    sim.fault("ns1", "lying-success", { door: "exec" });
    const { stdout } = await exec(await ssh("ns1"), line);
    expect(JSON.parse(stdout)).toMatchObject({ metadata: { result: 1 } });
    expect(sim.files("ns1").snapshot()).toEqual(before);
  });

  test("[I] an unknown server or fault is refused with a list of the known ones", async () => {
    const { sim } = await one();
    expect(() => sim.fault("none", "slow")).toThrow("there are ns1");
    expect(() => sim.fault("ns1", "explode" as FaultName)).toThrow("host-key-changed");
  });
});

import { startSimulator } from "../../provider/simulator";
import {
  apiTokenCreate,
  apiTokenGetDetails,
  apiTokenList,
  apiTokenRevoke,
  apiTokenUpdate,
  applist,
  clusterMemberHasTrustWith,
  gethostname,
  isServerError,
  learnCertificate,
  myprivs,
  Secret,
  type Server,
  ServerRegistry,
  version,
  withPeerApi,
  type WhmApi,
} from "../../provider/servers";

type Simulator = Awaited<ReturnType<typeof startSimulator>>;

let sim: Simulator;
let servers: ServerRegistry;

beforeEach(async () => {
  sim = await startSimulator({ servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" } } });
  servers = new ServerRegistry(sim.servers);
});
afterEach(async () => {
  await servers.close();
  await sim.stop();
});

/** The same server without `api`, so that whmapi1 is used. */
function commandLineOnly(name: string): Server {
  const settings = { ...sim.servers[name], type: "dnsonly" as const };
  delete settings.api;
  const directory = new ServerRegistry({ [name]: settings });
  return directory.get(name);
}

const writes = (): string[] =>
  sim
    .journal()
    .filter((entry) => entry.write)
    .map((entry) => entry.operation);

describe.each(["over HTTPS", "through whmapi1"])("WHM API 1 %s", (way) => {
  let api: WhmApi;
  let server: Server;
  beforeEach(() => {
    server = way === "over HTTPS" ? servers.get("ns1") : commandLineOnly("ns1");
    api = server.api;
  });
  afterEach(() => server.close());

  test("[I] creates, lists, changes, renames and revokes a token", async () => {
    const made = await apiTokenCreate(api, {
      tokenName: "web1",
      acls: ["clustering"],
      whitelistIps: ["192.0.2.10"],
    });
    expect(made).toMatchObject({
      name: "web1",
      acls: ["clustering"],
      whitelistIps: ["192.0.2.10"],
      expiresAt: undefined,
    });
    expect(await apiTokenList(api)).toContainEqual(
      expect.objectContaining({ name: "web1", acls: ["clustering"], createTime: made.createTime }),
    );

    const changed = await apiTokenUpdate(api, {
      tokenName: "web1",
      newName: "web2",
      acls: ["clustering"],
      expiresAt: 4000000000,
      whitelistIps: [],
    });
    expect(changed).toMatchObject({
      name: "web2",
      acls: ["clustering"],
      expiresAt: 4000000000,
      whitelistIps: [],
    });

    await apiTokenRevoke(api, { tokenName: "web2" });
    await apiTokenRevoke(api, { tokenName: "web2" });
    expect((await apiTokenList(api)).map((token) => token.name)).toEqual(["provider-access"]);
  });

  test("[I] has separate errors for a taken and an unknown name", async () => {
    await apiTokenCreate(api, { tokenName: "web1", acls: ["clustering"] });
    await expect(apiTokenCreate(api, { tokenName: "web1", acls: ["clustering"] })).rejects.toMatchObject({
      code: "exists-already",
    });
    const update = { tokenName: "none", acls: ["clustering"], expiresAt: undefined, whitelistIps: [] };
    await expect(apiTokenUpdate(api, update)).rejects.toMatchObject({ code: "refused-by-server" });
  });

  test("[I] returns the values of the reading functions", async () => {
    expect(await version(api)).toEqual({ version: "11.136.0.5" });
    expect(await gethostname(api)).toEqual({ hostname: "ns1.example.com" });
    expect(await applist(api)).toContain("cluster_member_has_trust_with");
    expect(await myprivs(api)).toContain("all");
    expect(await clusterMemberHasTrustWith(api, { host: "192.0.2.99" })).toBe(false);
    expect(writes()).toEqual([]);
  });

  test("[I] reports a function that the version lacks as an unknown function", async () => {
    await expect(api.call("try", "enable_dns_clustering", {}, { mutation: false })).rejects.toMatchObject({
      code: "unknown-function",
    });
  });

  test("[I] sends a change once if its reply is lost, and reports it as unanswered", async () => {
    sim.fault("ns1", "reset-after", { times: 1 });
    const creating = apiTokenCreate(api, { tokenName: "web1", acls: ["clustering"] });
    await expect(creating).rejects.toMatchObject({ code: "reply-lost" });
    sim.clearFaults();
    expect((await apiTokenList(api)).map((token) => token.name)).toContain("web1");
    expect(writes()).toEqual(
      ["api_token_create"].map((name) => (way === "over HTTPS" ? name : (expect.any(String) as string))),
    );
  });

  test("[I] reports a cut reply of a change as unanswered, and of a read as unexpected", async () => {
    sim.fault("ns1", "truncated");
    await expect(apiTokenCreate(api, { tokenName: "web1", acls: ["clustering"] })).rejects.toMatchObject({
      code: "reply-lost",
    });
    const reading = await apiTokenList(api).catch((error: unknown) => error);
    expect(isServerError(reading, "unexpected-reply", "connection-lost")).toBe(true);
  });
});

describe("the faults of the HTTPS API", () => {
  test("[I] include a log-in page with status 200, which is not an empty reply", async () => {
    sim.fault("ns1", "html");
    await expect(apiTokenList(servers.get("ns1").api)).rejects.toThrow(/HTTP 200 with WHM's log-in page/);
  });

  test("[I] include a refusal in the old format, which stops all further calls", async () => {
    sim.fault("ns1", "legacy-403");
    const { api } = servers.get("ns1");
    await expect(version(api)).rejects.toMatchObject({ code: "refused-credential" });
    await expect(version(api)).rejects.toMatchObject({ code: "refused-credential" });
    expect(sim.journal().filter((entry) => entry.door === "api")).toHaveLength(1);
  });

  test("[I] include a refused connection, which is reported as unreachable", async () => {
    sim.fault("ns1", "refuse");
    await expect(version(servers.get("ns1").api)).rejects.toMatchObject({ code: "unreachable" });
  });
});

describe("a token test from the server that uses the token", () => {
  test("[I] passes with a token pinned to that server's address, which is refused from elsewhere", async () => {
    const [web1, ns1] = [servers.get("web1"), servers.get("ns1")];
    const { token } = await apiTokenCreate(ns1.api, {
      tokenName: "pinned",
      acls: ["clustering"],
      whitelistIps: ["192.0.2.10"],
    });
    const fingerprint = await learnCertificate(ns1);
    const peer = { name: "ns1", address: ns1.settings.address ?? "", tls: { fingerprint } };
    expect(await withPeerApi({ from: web1, peer, user: "root", token }, version)).toEqual({
      version: "11.136.0.5",
    });
    expect(await apiTokenGetDetails(ns1.api, { token })).toMatchObject({ name: "pinned" });

    const directly = { ...sim.servers["ns1"], api: { ...sim.servers["ns1"]?.api, token: token.reveal() } };
    const elsewhere = new ServerRegistry({ ns1: directly as never });
    await expect(version(elsewhere.get("ns1").api)).rejects.toMatchObject({ code: "refused-credential" });
    await elsewhere.close();
  });

  test("[I] fails with a wrong token and names the peer and the server that uses it", async () => {
    const [web1, ns1] = [servers.get("web1"), servers.get("ns1")];
    const peer = {
      name: "ns1",
      address: ns1.settings.address ?? "",
      tls: { fingerprint: await learnCertificate(ns1) },
    };
    const probing = withPeerApi({ from: web1, peer, user: "root", token: new Secret("WR0NGT0KEN") }, version);
    await expect(probing).rejects.toMatchObject({ code: "refused-credential", server: "ns1" });
    await expect(probing).rejects.toThrow(/web1/);
    await expect(probing).rejects.not.toThrow(/WR0NG/);
  });

  test("[I] is left to the caller if sshd forbids forwarding", async () => {
    sim.fault("web1", "no-forwarding");
    await expect(servers.get("web1").openChannel("192.0.2.11", 2087)).rejects.toMatchObject({
      code: "forwarding-refused",
    });
  });
});

describe("files on a simulated server", () => {
  test("[I] are written in one step and can be read", async () => {
    const files = await servers.get("ns1").files();
    await files.makeDirectory("/var/cpanel/cluster", 0o700);
    await files.writeAtomically("/var/cpanel/cluster/x", "text\n", {
      mode: 0o600,
      temporaryDirectory: "/var/cpanel",
    });
    expect(sim.files("ns1").read("/var/cpanel/cluster/x")).toBe("text\n");
    expect(await files.list("/var/cpanel/cluster")).toEqual(["x"]);
    expect(await files.stat("/var/cpanel/cluster/x")).toMatchObject({ mode: 0o600, size: 5 });
    expect(await files.remove("/var/cpanel/cluster/x")).toBe(true);
    expect(await files.read("/var/cpanel/cluster/x")).toBeUndefined();
  });

  test.each(["disk-full", "read-only"] as const)(
    "[I] are not changed by a failed write on a %s file system, and the error gives the reason",
    async (fault) => {
      const files = await servers.get("ns1").files();
      sim.files("ns1").write("/etc/ips.remotedns", "192.0.2.1\n");
      sim.fault("ns1", fault);
      const writing = files.writeAtomically("/etc/ips.remotedns", "new\n", {
        mode: 0o644,
        temporaryDirectory: "/etc",
      });
      await expect(writing).rejects.toMatchObject({ code: "file-error" });
      expect(sim.files("ns1").read("/etc/ips.remotedns")).toBe("192.0.2.1\n");
    },
  );
});

describe("the simulated SSH server", () => {
  test("[I] needs one handshake for 50 concurrent first uses", async () => {
    const server = servers.get("ns1");
    await Promise.all(Array.from({ length: 50 }, async () => (await server.files()).stat("/etc")));
    expect(sim.journal().filter((entry) => entry.operation === "connect")).toHaveLength(1);
  });

  test("[I] is refused after its host key changes", async () => {
    sim.fault("ns1", "host-key-changed");
    await expect(servers.get("ns1").files()).rejects.toMatchObject({ code: "changed-host-key" });
  });

  test("[I] fails the work under way when a connection is reset, and gets a new one at the next use", async () => {
    const server = servers.get("ns1");
    const files = await server.files();
    sim.fault("ns1", "reset", { door: "sftp", times: 1 });
    await expect(files.read("/etc/ips.dnsmaster")).rejects.toMatchObject({ code: "connection-lost" });
    await expect((await server.files()).stat("/etc")).resolves.toBeDefined();
  });

  test("[I] needs milliseconds for each of hundreds of round trips", async () => {
    const files = await servers.get("ns1").files();
    const times: number[] = [];
    for (let trip = 0; trip < 200; trip++) {
      const start = performance.now();
      await files.stat("/etc");
      times.push(performance.now() - start);
    }
    // Other work on the machine delays some of them; what is wrong with a connection delays all.
    const [half = Infinity] = times.sort((one, other) => one - other).slice(100);
    expect(half).toBeLessThan(10);
  });
});

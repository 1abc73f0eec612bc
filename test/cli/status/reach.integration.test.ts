import { clickEntries } from "../../helpers/clicked-cluster";
import { memberFile, writes } from "../../helpers/server-files";
import { editTokens } from "../../helpers/stored-tokens";
import { readExposition } from "./exposition";
import { watchCluster, type StatusJson, type WatchedCluster } from "./watched-cluster";

let cluster: WatchedCluster;
afterEach(async () => {
  expect(writes(cluster.sim)).toEqual([]);
  await cluster.stop();
});

type Way = NonNullable<StatusJson["reach"]>[number];

const found = ({ findings }: StatusJson): string[] =>
  findings.map(({ server, peer = "", kind }) => `${kind} ${server} ${peer}`);
const ways = ({ reach = [] }: StatusJson): string[] =>
  reach.map(({ server, peer, address, state }) => `${server} ${peer ?? address} ${state}`);
const forwarded = (server: string): string[] =>
  cluster.sim
    .journal()
    .filter((each) => each.server === server && each.operation === "forward")
    .map(({ target }) => target);
const logIns = (): string[] =>
  cluster.sim.journal().flatMap(({ server, operation }) => (operation === "login" ? [server] : []));

describe("a cluster of one web server and two DNSOnly servers", () => {
  beforeEach(async () => (cluster = await watchCluster()));

  test("[I] nothing is called without --reach", async () => {
    expect(await cluster.data()).not.toHaveProperty("reach");
    expect((await cluster.status()).output).not.toContain("who reaches whom");
    expect((await cluster.status("--prometheus")).output).not.toContain("member_reachable");
    expect(forwarded("web1")).toEqual([]);
  });

  test("[I] each member is called once with its token, over the connection that reads the server", async () => {
    const data = await cluster.data("--reach");
    expect(data).toMatchObject({ code: 0, well: true, findings: [], notes: [] });
    expect(data.reach).toEqual(
      ["ns1", "ns2"].map((peer, at): Way => ({
        server: "web1",
        peer,
        address: `192.0.2.${11 + at}`,
        role: "sync",
        need: "zones",
        state: "accepted",
        said: null,
      })),
    );
    expect(logIns().sort()).toEqual(["ns1", "ns2", "web1"]);
    const calls = cluster.sim.journal().filter(({ operation }) => operation === "myprivs");
    expect(calls.map(({ server }) => server).sort()).toEqual(["ns1", "ns2"]);
    expect((await cluster.status("--reach")).output).toContain(
      "who reaches whom: 2 members, each called from where it is stored\n  2 answer and accept the token\n",
    );
  });

  test("[I] one that can't be reached is an error in every output", async () => {
    cluster.reach((servers) => delete servers["ns2"]!.api);
    cluster.sim.fault("ns2", "refuse", { door: "api" });
    const data = await cluster.data("--reach");
    expect([data.code, found(data)]).toEqual([1, ["peer-unreachable web1 ns2"]]);
    expect(data.findings[0]).toMatchObject({
      message: expect.stringMatching(
        /^can't reach ns2 at 192\.0\.2\.12 port 2087: .*\. No zone gets there\.$/,
      ) as string,
      fix: expect.stringMatching(/^Check that WHM runs on ns2, /) as string,
    });
    const { output } = await cluster.status("--reach");
    expect(output).toContain("  1 answers and accepts the token\n  1 can't be reached: ns2 from web1\n");
    const { samples } = readExposition((await cluster.status("--reach", "--prometheus")).output);
    const labels = (at: number) => `{server="web1",member="192.0.2.${10 + at}",peer="ns${at}",role="sync"}`;
    expect(samples).toMatchObject({
      [`whm_dns_member_reachable${labels(1)}`]: 1,
      [`whm_dns_member_reachable${labels(2)}`]: 0,
      [`whm_dns_member_token_accepted${labels(1)}`]: 1,
      'whm_dns_findings{kind="peer-unreachable",severity="error"}': 1,
    });
    expect(samples).not.toHaveProperty(`whm_dns_member_token_accepted${labels(2)}`);
    const nagios = await cluster.status("--reach", "--nagios");
    expect(nagios.code).toBe(2);
    expect(nagios.output).toMatch(/^WHM DNS CRITICAL - 1 error: web1 can't reach ns2 .* unreachable=1\n$/);
  });

  test("[I] a refused token is presented once, and the addresses from which it is accepted are named", async () => {
    editTokens(cluster.sim, "ns1", (token) => ({ ...token, whitelist_ips: ["198.51.100.7"] }));
    const data = await cluster.data("--reach");
    expect(found(data)).toEqual(["peer-refuses web1 ns1"]);
    expect(data.findings[0]!.fix).toMatch(
      /^The token clicked_for_web1 is accepted from 198\.51\.100\.7 only\. Add the address .* \(its own: 192\.0\.2\.10\), or /,
    );
    expect(forwarded("web1").filter((target) => target === "192.0.2.11:2087")).toHaveLength(2);
  });

  test("[I] a token without the privilege is accepted and of no use", async () => {
    editTokens(cluster.sim, "ns1", (token) => ({ ...token, acls: ["status"] }));
    const data = await cluster.data("--reach");
    expect(found(data)).toEqual(["peer-refuses web1 ns1"]);
    expect(data.findings[0]!.message).toContain("it lacks the privilege clustering");
    expect(data.findings[0]!.fix).toMatch(/^Give the token of ns1 the privilege clustering, or /);
  });

  test("[I] tokens that are known to be refused are not presented: WHM counts wrong ones", async () => {
    editTokens(cluster.sim, "ns1", () => undefined);
    editTokens(cluster.sim, "ns2", (token) => ({ ...token, expires_at: 1_000_000_000 }));
    const data = await cluster.data("--reach");
    expect(found(data)).toEqual(["token-unknown web1 ns1", "token-expired ns2 web1"]);
    expect(ways(data)).toEqual(["web1 ns1 open", "web1 ns2 open"]);
    expect(cluster.sim.journal().filter(({ operation }) => operation === "myprivs")).toEqual([]);
    expect(data.notes).toEqual([
      { server: "ns1", message: "answers web1, but the token was not tried: ns1 does not know the token" },
      { server: "ns2", message: "answers web1, but the token was not tried: the token has expired" },
    ]);
  });

  test("[I] a server whose sshd forbids forwarding could not be asked, which is no finding", async () => {
    cluster.sim.fault("web1", "no-forwarding");
    const data = await cluster.data("--reach");
    expect(data).toMatchObject({ code: 0, findings: [], unreadable: [] });
    expect(ways(data)).toEqual(["web1 ns1 not-asked", "web1 ns2 not-asked"]);
    expect(data.notes).toEqual([
      {
        server: "web1",
        message: expect.stringMatching(
          /^could not be asked whether it reaches ns1 and ns2: its sshd forbids forwarding \(.*\)\. Set AllowTcpForwarding yes/,
        ) as string,
      },
    ]);
    const { samples } = readExposition((await cluster.status("--reach", "--prometheus")).output);
    expect(Object.keys(samples).filter((name) => name.includes("member_reachable"))).toEqual([]);
  });

  test("[I] a peer with another certificate gets no token", async () => {
    cluster.reach((servers) => (servers["ns1"]!.api!.fingerprint = "00".repeat(32)));
    const data = await cluster.data("--reach");
    // Its own API is not asked either, so that it could not be read.
    expect(data).toMatchObject({ code: 3, unreadable: [{ server: "ns1" }] });
    expect(found(data)).toEqual(["peer-unproven web1 ns1"]);
    expect(data.findings[0]!.message).toContain("The token was not sent.");
  });

  test("[I] an address of which no connection knows gets no token", async () => {
    cluster.reach((servers) => delete servers["ns2"]);
    const data = await cluster.data("--reach");
    expect(ways(data)).toEqual(["web1 ns1 accepted", "web1 192.0.2.12 open"]);
    expect(data.notes.map(({ message }) => message)).toContain(
      "answers web1, but the token was not tried: no connection leads to this address, so nothing can prove what answers",
    );
  });

  test("[I] a peer that could not be read is still called", async () => {
    cluster.sim.fault("ns2", "refuse", { door: "ssh" });
    const data = await cluster.data("--reach");
    expect(data).toMatchObject({ code: 3, findings: [], unreadable: [{ server: "ns2" }] });
    expect(ways(data)).toEqual(["web1 ns1 accepted", "web1 ns2 accepted"]);
  });

  test("[I] entries that WHM does not call are not called either", async () => {
    const { sim } = cluster;
    sim.files("web1").write(`${memberFile("192.0.2.11")}-dnsrole`, "sync\r\n", 0o600);
    const text = sim.files("web1").read(memberFile("192.0.2.12"))!;
    sim.files("web1").write(memberFile("192.0.2.12"), text.replace("module=cPanel", "module=imh"), 0o600);
    expect((await cluster.data("--reach")).reach).toEqual([]);
  });

  test("[I] nothing secret is in any output", async () => {
    const secret = /^pass=(.*)$/m.exec(cluster.sim.files("web1").read(memberFile("192.0.2.11"))!)![1]!;
    editTokens(cluster.sim, "ns1", (token) => ({ ...token, whitelist_ips: ["198.51.100.7"] }));
    for (const how of [[], ["--json"], ["--prometheus"], ["--nagios"]])
      expect((await cluster.status("--reach", ...how)).output).not.toContain(secret);
  });
});

describe("ways without an entry", () => {
  test("[I] a trust that a link needs is tried, and closed ones are a warning with the public address", async () => {
    cluster = await watchCluster({
      servers: {
        web1: { type: "cpanel", address: "10.0.0.10", publicAddress: "203.0.113.10" },
        ns1: { type: "cpanel", nameserver: true },
      },
      links: [{ from: "web1", to: "ns1", role: "sync" }],
    });
    expect(ways(await cluster.data("--reach"))).toEqual(["web1 ns1 accepted", "ns1 web1 open"]);
    expect((await cluster.status("--reach")).output).toContain("  without an entry: 1 open\n");
    clickEntries(cluster.sim, [{ from: "ns1", to: "web1", role: "standalone", address: "10.0.0.10" }]);
    const data = await cluster.data("--reach");
    expect(found(data)).toEqual(["peer-unreachable ns1 web1"]);
    expect(data.findings[0]!.message).toContain(
      "The link from web1 needs this trust, and ns1 asks it in vain.",
    );
    expect(data.findings[0]!.fix).toContain("From outside its network, web1 is at 203.0.113.10.");
  });

  test("[I] a nameserver that gets no zones of a web server is tried, and told if it can't be reached", async () => {
    cluster = await watchCluster({
      servers: {
        web1: { type: "cpanel" },
        web2: { type: "cpanel" },
        ns1: { type: "dnsonly" },
        ns2: { type: "dnsonly" },
      },
      links: [
        { from: "web1", to: "ns1", role: "sync" },
        { from: "web1", to: "ns2", role: "sync" },
        { from: "web2", to: "ns1", role: "sync" },
      ],
    });
    cluster.reach((servers) => delete servers["ns2"]!.api);
    expect(ways(await cluster.data("--reach")).at(-1)).toBe("web2 ns2 open");
    cluster.sim.fault("ns2", "refuse", { door: "api" });
    const data = await cluster.data("--reach");
    expect(found(data)).toEqual(["peer-unreachable web1 ns2"]);
    expect(data.notes).toEqual([
      {
        server: "ns2",
        message: expect.stringMatching(/^gets no zones of web2, and can't be reached from there: /) as string,
      },
    ]);
  });
});

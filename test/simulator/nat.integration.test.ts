import { whm, type Envelope } from "./helpers/https-client";
import { like } from "./helpers/matchers";
import { simulate, stopSimulations, type Simulation } from "./helpers/simulation";
import { exec, forwardTo } from "./helpers/ssh-client";

afterEach(stopSimulations);

// web1 and ns1 stand behind one router, ns2 behind another; web2 has an address that everybody reaches.
const servers = {
  web1: { type: "cpanel", address: "10.0.0.10", publicAddress: "203.0.113.10" },
  ns1: { type: "dnsonly", address: "10.0.0.53", publicAddress: "203.0.113.53" },
  ns2: { type: "dnsonly", address: "10.9.0.53", publicAddress: "198.51.100.53" },
  web2: { type: "cpanel", address: "192.0.2.20" },
} as const;

type Name = keyof typeof servers;

const refused = { reason: 2 };
const accepted = { metadata: like({ result: 1 }) };
const denied = { cpanelresult: like({ error: "Access denied" }) };

/** Calls ns1 or another from a server with a token that only some address may use. */
async function pinnedCall(
  { server, ssh }: Simulation,
  { from, to, host, whitelist }: { from: Name; to: Name; host: string; whitelist: string },
): Promise<Envelope> {
  const token = { token_name: `for-${whitelist.replaceAll(".", "-")}`, whitelist_ip: whitelist };
  const made = await whm(server(to), "api_token_create", token);
  const over = await forwardTo(await ssh(from), host, 2087);
  return whm(server(to), "version", {}, { authorization: `whm root:${String(made.data?.token)}`, over });
}

describe("a server behind NAT", () => {
  test.each<[from: Name, host: string]>([
    ["web1", "10.0.0.53"],
    ["web1", "203.0.113.53"],
    ["web2", "203.0.113.53"],
    ["ns2", "203.0.113.53"],
    ["web2", "ns1.example.com"],
    ["ns1", "10.0.0.53"],
    ["web1", "192.0.2.20"],
  ])("[I] %s reaches %s", async (from, host) => {
    const { ssh } = await simulate({ servers });
    (await forwardTo(await ssh(from), host, 2087)).destroy();
  });

  test.each<[from: Name, host: string, why: string]>([
    ["web2", "10.0.0.53", "it stands outside"],
    ["ns2", "10.0.0.53", "its inside network is another one"],
    ["web1", "10.9.0.53", "that is an address of another inside network"],
  ])("[I] %s does not reach %s: %s", async (from, host) => {
    const { ssh } = await simulate({ servers });
    const client = await ssh(from);
    await expect(forwardTo(client, host, 2087)).rejects.toMatchObject(refused);
    await expect(forwardTo(client, host, 22)).rejects.toMatchObject(refused);
  });

  test.each<[from: Name, to: Name, host: string, source: string, other: string]>([
    ["web1", "ns1", "10.0.0.53", "10.0.0.10", "203.0.113.10"],
    ["web1", "ns1", "203.0.113.53", "10.0.0.10", "203.0.113.10"],
    ["web1", "ns2", "198.51.100.53", "203.0.113.10", "10.0.0.10"],
    ["web1", "web2", "192.0.2.20", "203.0.113.10", "10.0.0.10"],
    ["web2", "ns1", "203.0.113.53", "192.0.2.20", "203.0.113.53"],
  ])("[I] requests from %s to %s at %s come from %s, not from %s", async (from, to, host, source, other) => {
    const simulation = await simulate({ servers });
    expect(await pinnedCall(simulation, { from, to, host, whitelist: source })).toMatchObject(accepted);
    expect(await pinnedCall(simulation, { from, to, host, whitelist: other })).toMatchObject(denied);
  });

  test.each([
    ["203.0.113.53", "192.0.2.20", "example.com -> 203.0.113.53"],
    ["10.0.0.53", "192.0.2.20", "10.0.0.53: could not be reached, or refused the token"],
    ["203.0.113.53", "10.0.0.10", "203.0.113.53: could not be reached, or refused the token"],
  ])(
    "[I] a member stored as %s with a token pinned to %s synchronises if both addresses fit",
    async (key, whitelist, line) => {
      const { sim, server, ssh } = await simulate({ servers });
      const token = { token_name: "member", acl: "clustering", whitelist_ip: whitelist };
      const made = await whm(server("ns1"), "api_token_create", token);
      const file = `/var/cpanel/cluster/root/config/${key}`;
      const entry = `#version 2.0\nuser=root\nhost=ns1.example.com\npass=${String(made.data?.token)}\nmodule=cPanel\n`;
      sim.files("web2").write(file, entry);
      sim.files("web2").write(`${file}-dnsrole`, "sync");
      sim.files("web2").write("/var/cpanel/useclusteringdns", "");
      sim.files("web2").write("/var/named/example.com.db", "; serial 1\n");
      const { stdout } = await exec(await ssh("web2"), "/scripts/dnscluster syncall");
      expect(stdout).toContain(line);
    },
  );
});

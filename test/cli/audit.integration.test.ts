import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Servers } from "../../provider/schema/server";
import type { TopologyInput } from "../../provider/schema/topology";
import { startSimulator, type Simulator } from "../../provider/simulator";
import { makeKeyPair } from "../../provider/simulator/credentials";
import type { Difference } from "../../provider/survey";
import { clickAddress, clickEntries } from "../helpers/clicked-cluster";
import { everyFile, renew } from "../helpers/managed-servers";
import { providerProcesses } from "../helpers/provider-process";
import { memberInputs, tokenInputs } from "../helpers/resource-inputs";
import { memberFile, writes } from "../helpers/server-files";
import { editTokens } from "../helpers/stored-tokens";
import { link } from "../topology/builders";
import { commandLine } from "./helpers";

let simulator: Simulator;
let folder: string;
let fresh: Record<string, Record<string, string>>;

beforeAll(async () => {
  simulator = await startSimulator({
    servers: {
      web1: { type: "cpanel", dnsServer: "powerdns" },
      ns1: { type: "dnsonly" },
      ns2: { type: "cpanel", nameserver: true },
    },
  });
  fresh = everyFile(simulator);
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "whm-dns-"));
  clickEntries(simulator, [
    { from: "web1", to: "ns1", role: "sync", token: pinned("web1") },
    { from: "web1", to: "ns2", role: "sync", token: pinned("web1") },
    { from: "ns2", to: "web1", role: "standalone", token: pinned("ns2") },
  ]);
  clickAddress(simulator, "web1", addressOf("ns1"), addressOf("ns2"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  renew(simulator, fresh);
});
afterAll(() => simulator.stop());

const addressOf = (name: string) => simulator.servers[name]!.address!;
const pinned = (name: string) => ({ whitelist_ips: [addressOf(name)] });

/** What is declared of the three servers. */
function topology(more: Partial<TopologyInput> = {}): TopologyInput {
  const servers = Object.entries(simulator.servers).map(([name, server]) => {
    const { type, address, hostname, nameserver } = server;
    return [
      name,
      { type, address, hostname, ...(name === "ns2" && { nameserver: nameserver ?? true }) },
    ] as const;
  });
  return {
    servers: Object.fromEntries(servers),
    links: [link("web1 -> ns1"), link("web1 -> ns2")],
    ...more,
  };
}

function file(name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(value));
  return path;
}

interface Run {
  declared?: TopologyInput;
  connections?: object;
}

function audit(flags: string[] = [], { declared = topology(), connections = simulator.servers }: Run = {}) {
  const args = [file("prod.yaml", declared), "--connections", file("servers.json", connections), ...flags];
  return commandLine(["audit", ...args], { untilStopped: () => new Promise(() => undefined) });
}

/** Connections that are tried once. */
function impatient(): object {
  const servers = Object.entries(simulator.servers).map(([name, server]) => [
    name,
    { ...server, connection: { ...server.connection, dialErrorLimit: 1 } },
  ]);
  return Object.fromEntries(servers) as object;
}

interface Data {
  clean: boolean;
  differences: Difference[];
  unreadable: { server: string; message: string }[];
}

async function dataOf(run: Run = {}): Promise<Data & { code: number }> {
  const { code, output } = await audit(["--json"], run);
  return { code, ...(JSON.parse(output) as Data) };
}

const entry = (name: string) => memberFile(addressOf(name));
const role = (name: string) => `${entry(name)}-dnsrole`;

describe("audit of a cluster that somebody has made by hand", () => {
  test("[I] is clean if it is as declared, and shows no progress where there is no terminal", async () => {
    expect(await audit()).toEqual({
      code: 0,
      output: "clean: 3 servers, 2 links, 1 trust and 2 trusted addresses stand as declared\n",
      errors: "",
    });
    expect(await dataOf()).toEqual({ code: 0, clean: true, differences: [], unreadable: [] });
  });

  test("[I] writes nothing and opens one SSH connection to each server", async () => {
    simulator.clearJournal();
    await audit();
    expect(writes(simulator)).toEqual([]);
    const dialled = simulator
      .journal()
      .filter(({ door, operation }) => door === "ssh" && operation === "connect");
    expect(dialled.map(({ server }) => server).sort()).toEqual(["ns1", "ns2", "web1"]);
  });

  test("[I] finds tokens by their secrets also where WHM can't be asked over HTTPS", async () => {
    const withoutApi = Object.entries(simulator.servers).map(([name, { api: _api, ...server }]) => [
      name,
      server,
    ]);
    const connections = Object.fromEntries(withoutApi) as object;
    expect(await dataOf({ connections })).toMatchObject({ code: 0, clean: true });
    editTokens(simulator, "ns1", () => undefined);
    expect((await dataOf({ connections })).differences).toMatchObject([
      { kind: "unknown-token", server: "web1" },
    ]);
  });

  test("[I] takes addresses from the topology if the connections give none", async () => {
    const bare = Object.entries(simulator.servers).map(([name, { type, connection, api }]) => [
      name,
      { type, connection, api },
    ]);
    expect(await dataOf({ connections: Object.fromEntries(bare) as object })).toMatchObject({ code: 0 });
  });
});

type Spoil = () => void;
const write = (server: string, path: () => string, text: string): Spoil => {
  return () => simulator.files(server).write(path(), text, 0o600);
};

describe("audit finds through the back door", () => {
  test.each<[string, Spoil, Partial<Difference>]>([
    [
      "a link that is gone",
      () => [entry("ns1"), role("ns1")].forEach((path) => simulator.files("web1").remove(path)),
      { kind: "missing-link", server: "web1", peer: "ns1", declared: "sync", actual: null },
    ],
    [
      "another role",
      write("web1", () => role("ns1"), "write-only"),
      { kind: "role", server: "web1", peer: "ns1", declared: "sync", actual: "write-only" },
    ],
    [
      "a role file with CRLF",
      write("web1", () => role("ns1"), "sync\r\n"),
      { kind: "role", declared: "sync", actual: 'missing: the role file holds "sync\\r\\n"' },
    ],
    [
      "the long word for a role",
      write("web1", () => role("ns1"), "synchronize"),
      { kind: "role", actual: 'missing: the role file holds "synchronize"' },
    ],
    [
      "a role file without a member file",
      () => simulator.files("web1").remove(entry("ns1")),
      { kind: "role", actual: "missing: there is no member file" },
    ],
    [
      "clustering that is off",
      () => simulator.files("web1").remove("/var/cpanel/useclusteringdns"),
      { kind: "clustering-off", server: "web1", declared: "on", actual: "off" },
    ],
    [
      "a member that WHM has disabled",
      write("web1", () => `/var/cpanel/clusterqueue/status/${addressOf("ns1")}-down`, ""),
      { kind: "disabled-member", server: "web1", peer: "ns1" },
    ],
    [
      "a link that nobody has declared",
      () => clickEntries(simulator, [{ from: "ns1", to: "ns2", role: "write-only" }]),
      { kind: "undeclared-link", server: "ns1", peer: "ns2", declared: null, actual: "write-only" },
    ],
    [
      "a trust that is gone",
      () => [entry("web1"), role("web1")].forEach((path) => simulator.files("ns2").remove(path)),
      { kind: "missing-trust", server: "ns2", peer: "web1" },
    ],
    [
      "a trust that feeds",
      write("ns2", () => role("web1"), "sync"),
      { kind: "trust-role", server: "ns2", peer: "web1", actual: "sync" },
    ],
    [
      "a trusted address that is gone",
      () =>
        simulator.files("web1").write("/etc/ips.remotedns", `${addressOf("ns2")}0\n${addressOf("ns1")}\n`),
      { kind: "missing-trusted-address", server: "web1", peer: "ns2" },
    ],
    [
      "a token that has expired",
      () => editTokens(simulator, "ns1", (token) => ({ ...token, expires_at: 1_000_000_000 })),
      { kind: "expired-token", server: "ns1", peer: "web1", actual: "expired on 2001-09-09T01:46:40Z" },
    ],
    [
      "a token without the privilege",
      () => editTokens(simulator, "ns1", (token) => ({ ...token, acls: ["create-dns"] })),
      { kind: "token-without-clustering", server: "ns1", peer: "web1", actual: "create-dns" },
    ],
    [
      "a token that is not accepted from its user",
      () => editTokens(simulator, "ns1", (token) => ({ ...token, whitelist_ips: ["198.51.100.0/24"] })),
      { kind: "token-refused", server: "ns1", peer: "web1", actual: "198.51.100.0/24" },
    ],
    [
      "another product",
      write("ns2", () => "/var/cpanel/dnsonly", ""),
      { kind: "product", server: "ns2", declared: "cpanel", actual: "dnsonly" },
    ],
  ])("[I] %s", async (_title, spoil, expected) => {
    spoil();
    simulator.clearJournal();
    const { code, clean, differences, unreadable } = await dataOf();
    expect(differences).toHaveLength(1);
    expect(differences[0]).toMatchObject(expected);
    expect({ code, clean, unreadable }).toEqual({ code: 1, clean: false, unreadable: [] });
    expect(writes(simulator)).toEqual([]);
  });

  test("[I] a token with every privilege is known by its file too, and works", async () => {
    editTokens(simulator, "ns1", ({ name, create_time }) => ({ name, create_time }));
    expect(await dataOf()).toMatchObject({ code: 0 });
    const explicit = topology({
      apiTokens: [{ server: "ns1", users: ["web1"], whitelistIps: [addressOf("web1")] }],
    });
    expect((await dataOf({ declared: explicit })).differences).toMatchObject([
      { kind: "token-acls", declared: "clustering", actual: "all" },
      { kind: "token-addresses", actual: "any address" },
    ]);
  });

  test("[I] the nameserver and the version, if they are declared", async () => {
    const { web1, ...servers } = topology().servers;
    const declared = topology({
      servers: { ...servers, web1: { ...web1!, dnsServer: "bind", version: "11.130" } },
    });
    expect((await dataOf({ declared })).differences).toMatchObject([
      { kind: "version", server: "web1", declared: "11.130", actual: "11.136.0.5" },
      { kind: "nameserver", server: "web1", declared: "bind", actual: "powerdns" },
    ]);
  });

  test("[I] nothing in entries of other modules, standalone ones, and resellers' clusters", async () => {
    const files = simulator.files("ns1");
    files.write(memberFile("imh"), "#version 2.0\nuser=x\nmodule=imh\n");
    files.write(`${memberFile("imh")}-dnsrole`, "sync");
    clickEntries(simulator, [{ from: "ns1", to: "ns2", role: "standalone" }]);
    expect(await dataOf()).toMatchObject({ code: 0 });
  });

  test("[I] and says no secret anywhere", async () => {
    editTokens(simulator, "ns1", () => undefined);
    clickEntries(simulator, [{ from: "ns1", to: "ns2", role: "sync" }]);
    const secrets = Object.keys(simulator.servers).flatMap((name) =>
      Object.values(simulator.files(name).snapshot()).flatMap((text) => text.match(/(?<=pass=).+/g) ?? []),
    );
    const own = Object.values(simulator.servers).map(({ api }) => api!.token!);
    expect(secrets.length).toBeGreaterThan(3);
    for (const flags of [[], ["--json"], ["--markdown"], ["--junit"]]) {
      const { output, errors } = await audit(flags);
      expect(output).toContain("unknown-token");
      for (const secret of [...secrets, ...own]) expect(output + errors).not.toContain(secret);
    }
  });
});

describe("audit of servers that can't all be read", () => {
  test("[I] one that is down is told apart, and the others are compared", async () => {
    simulator.fault("ns1", "refuse", { door: "ssh" });
    write("web1", () => role("ns1"), "write-only")();
    const { code, clean, differences, unreadable } = await dataOf({ connections: impatient() });
    expect({ code, clean }).toEqual({ code: 3, clean: false });
    expect(differences).toMatchObject([{ kind: "role", server: "web1", peer: "ns1" }]);
    expect(unreadable).toEqual([
      { server: "ns1", message: expect.stringContaining("[unreachable]") as string },
    ]);
  });

  test("[I] a difference is never due to a server that does not list its tokens", async () => {
    simulator.fault("ns1", "error-500", { operation: "api_token_list" });
    const { code, differences, unreadable } = await dataOf();
    expect({ code, differences }).toEqual({ code: 3, differences: [] });
    expect(unreadable).toMatchObject([{ server: "ns1" }]);
  });

  test("[I] a wrong key is a sentence about that server, without the key", async () => {
    const { ns1, ...others } = simulator.servers;
    const { privateKey } = makeKeyPair();
    const connections = { ...others, ns1: { ...ns1, connection: { ...ns1!.connection, privateKey } } };
    const { code, output, errors } = await audit([], { connections });
    expect({ code, errors }).toEqual({ code: 3, errors: "" });
    expect(output).toMatch(
      /^\S+: 1 of 3 servers can't be read, no differences on the others\n\nnot read\n {2}Failed/,
    );
    expect(output).toContain("[refused-credential]");
    expect(output).not.toContain("PRIVATE KEY");
  });

  test("[I] JUnit has an error for it and skips what it holds", async () => {
    simulator.fault("ns1", "refuse", { door: "ssh" });
    const { code, output } = await audit(["--junit"], { connections: impatient() });
    expect(code).toBe(3);
    expect(output).toMatch(/failures="0" errors="1" skipped="1">/);
    expect(output).toContain(
      '<testcase classname="whm-dns.token" name="a token of ns1 for web1">\n      <skipped',
    );
  });
});

describe("audit refuses", () => {
  test("[I] a server that the connections don't know, with the nearest name", async () => {
    const { ns2: _ns2, ...connections } = simulator.servers;
    const { code, output, errors } = await audit([], { connections });
    expect({ code, output }).toEqual({ code: 2, output: "" });
    expect(errors).toContain("  ns2: Did you mean ns1? Known: web1, ns1.");
    expect(simulator.journal().filter(({ door }) => door === "ssh")).toEqual([]);
  });

  test("[I] a topology and connections that lead to different machines", async () => {
    const connections = { ...simulator.servers, ns1: { ...simulator.servers["ns1"], address: "192.0.2.99" } };
    const { code, errors } = await audit([], { connections });
    expect(code).toBe(2);
    expect(errors).toContain("but the connections say 192.0.2.99");
  });
});

describe("audit of a cluster that this package has made", () => {
  const start = providerProcesses();

  test("[I] is clean by a topology and by the stack that made it", async () => {
    renew(simulator, fresh);
    const provider = await start(simulator.servers);
    const gate = { topology: topology(), logicalName: "organization/project/stack/gate" };
    const tokens = [
      tokenInputs(),
      tokenInputs({ server: "ns2", logicalName: "organization/project/stack/ns2-for-web1" }),
      tokenInputs({
        server: "web1",
        users: ["ns2"],
        whitelistIps: [addressOf("ns2")],
        logicalName: "organization/project/stack/web1-for-ns2",
      }),
    ];
    const made = [];
    for (const inputs of tokens) made.push(await provider.create("ApiToken", inputs));
    const [ofNs1, ofNs2, ofWeb1] = made.map(({ properties }) => properties["token"] as string);
    await provider.create("DnsClusterMember", memberInputs(ofNs1!));
    await provider.create("DnsClusterMember", {
      ...memberInputs(ofNs2!),
      peer: "ns2",
      peerAddress: addressOf("ns2"),
      peerHostname: "ns2.example.com",
      logicalName: "organization/project/stack/web1-ns2",
    });
    await provider.create("ReverseTrust", {
      server: "web1",
      peer: "ns2",
      token: ofWeb1!,
      serverAddress: addressOf("web1"),
      serverHostname: "web1.example.com",
    });
    for (const name of ["ns1", "ns2"])
      await provider.create("TrustedRemoteIp", {
        server: "web1",
        address: addressOf(name),
        logicalName: `organization/project/stack/web1-${name}`,
      });
    expect(await dataOf()).toMatchObject({ code: 0, clean: true });
    const resources = [
      { type: "TopologyGate", inputs: gate },
      ...made.map(({ properties }, at) => ({ type: "ApiToken", inputs: tokens[at]!, outputs: properties })),
    ];
    expect(await ofStack(resources)).toMatchObject({ code: 0, errors: "" });
    editTokens(simulator, "ns1", (token) => ({ ...token, acls: ["clustering", "create-dns"] }));
    const { code, output } = await ofStack(resources);
    expect(code).toBe(1);
    expect(output).toMatch(/^stack prod: 1 difference on 1 of 3 servers\n[^]*\[token-acls\]/);
  });
});

/** Audits a stack, whose state a stand-in for Pulumi's command line prints. */
async function ofStack(resources: { type: string; inputs: object; outputs?: object }[]) {
  const state = resources.map((resource) => ({
    urn: "urn",
    ...resource,
    type: `pulumi-nodejs:dynamic/whm:${resource.type}`,
  }));
  const exported = file("state.json", { deployment: { resources: state } });
  const configured = file("configured.json", simulator.servers satisfies Servers);
  const standIn = join(folder, "pulumi");
  writeFileSync(standIn, `#!/bin/sh\ncase "$1" in config) cat ${configured};; *) cat ${exported};; esac\n`);
  chmodSync(standIn, 0o755);
  const path = process.env["PATH"];
  process.env["PATH"] = `${folder}${delimiter}${path}`;
  try {
    return await commandLine(["audit", "--stack", "prod"], {
      untilStopped: () => new Promise(() => undefined),
    });
  } finally {
    process.env["PATH"] = path;
  }
}

import { chmodSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Servers } from "../../../provider/schema/server";
import { makeKeyPair } from "../../../provider/simulator/credentials";
import { renew } from "../../helpers/managed-servers";
import { providerProcesses } from "../../helpers/provider-process";
import { memberInputs, tokenInputs } from "../../helpers/resource-inputs";
import { writes } from "../../helpers/server-files";
import { editTokens } from "../../helpers/stored-tokens";
import { commandLine } from "../helpers";
import {
  simulator,
  folder,
  fresh,
  addressOf,
  topology,
  file,
  audit,
  impatient,
  dataOf,
  role,
  write,
} from "./clicked-servers";

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
    const hosts = { ns1: "0123456789ab.01234567" };
    const reinstalled = await ofStack([{ ...resources[0]!, outputs: { hosts } }, ...resources.slice(1)]);
    expect(reinstalled.code).toBe(3);
    expect(reinstalled.output).toMatch(
      /no differences on the others\n[^]*on ns1: the state [^]*\[another-server\]/,
    );
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

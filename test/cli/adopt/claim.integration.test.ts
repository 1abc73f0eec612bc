import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Servers } from "../../../provider/schema/server";
import { hostMark, registerOf, ServerRegistry } from "../../../provider/servers";
import { startSimulator, type Simulator } from "../../../provider/simulator";
import { clickAddress } from "../../helpers/clicked-cluster";
import { writes } from "../../helpers/server-files";
import { commandLine, type CommandLineResult } from "../helpers";

const line = "203.0.113.53";

describe("whm-dns adopt --claim", () => {
  let simulator: Simulator;
  let folder: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "whm-claim-"));
    simulator = await startSimulator({ servers: { web1: { type: "cpanel" }, web2: { type: "cpanel" } } });
    for (const name of ["web1", "web2"]) clickAddress(simulator, name, line);
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await simulator.stop();
  });

  async function markOf(name: string): Promise<string | undefined> {
    const registry = new ServerRegistry(simulator.servers);
    const mark = hostMark(await registerOf(registry.get(name)).recognise());
    await registry.close();
    return mark;
  }

  /** Claims a line on web1 that a stack has adopted; a stand-in for Pulumi's command line prints its state. */
  async function claim(host: string | undefined, connections: Servers): Promise<CommandLineResult> {
    const outputs = { server: "web1", address: line, logicalName: "organization/dns/dev/dns-web1", host };
    const resource = { urn: "urn", type: "pulumi-nodejs:dynamic/whm:TrustedRemoteIp", outputs, inputs: {} };
    const state = join(folder, "state.json");
    writeFileSync(state, JSON.stringify({ deployment: { resources: [resource] } }));
    writeFileSync(join(folder, "servers.json"), JSON.stringify(connections));
    writeFileSync(join(folder, "pulumi"), `#!/bin/sh\ncat ${state}\n`);
    chmodSync(join(folder, "pulumi"), 0o755);
    const path = process.env["PATH"];
    process.env["PATH"] = `${folder}${delimiter}${path}`;
    try {
      const args = ["--claim", "--stack", "dev", "--out", folder];
      return await commandLine(["adopt", ...args, "--connections", join(folder, "servers.json")], {
        untilStopped: () => new Promise(() => undefined),
      });
    } finally {
      process.env["PATH"] = path;
    }
  }

  test("[I] claims a line on the server that the state knows", async () => {
    const { code, output } = await claim(await markOf("web1"), simulator.servers);
    expect(code).toBe(0);
    expect(output).toContain("1 claim written, 0 there already.");
    expect(simulator.files("web1").list("/var/cpanel/.pulumi-whm")).toHaveLength(2);
  });

  test("[I] writes nothing on another machine", async () => {
    const { web1, web2 } = simulator.servers;
    const wrong = { web1: { ...web1!, connection: web2!.connection!, hostname: undefined } };
    const { code, errors } = await claim(await markOf("web1"), wrong);
    expect(code).toBe(3);
    expect(errors).toContain("the state knows another machine under this name [another-server]");
    expect(writes(simulator)).toEqual([]);
  });
});

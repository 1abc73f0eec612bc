import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writes } from "../../helpers/server-files";
import { keyPair } from "../../servers/helpers/keys";
import { commandLine } from "../helpers";
import {
  type Report,
  folder,
  simulator,
  installPulumi,
  doctor,
  report,
  checksOf,
  inState,
  connected,
  withConnection,
  withApi,
  dials,
  everyCheck,
} from "./examined-servers";

describe("doctor on a clean cluster", () => {
  test("[I] every server is well, in one line each; nothing is written, and one connection is enough", async () => {
    const { code, output, errors } = await doctor(simulator.servers);
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    expect(output).toBe(
      [
        `this machine: well, Node ${process.versions.node}, Pulumi 3.258.0, 4 checks`,
        "",
        "web1: well, cPanel & WHM 11.136.0.5, 13 checks",
        "ns1: well, DNSOnly 11.136.0.5, 13 checks",
        "",
        "2 servers: 2 well",
        "",
      ].join("\n"),
    );
    expect(writes(simulator)).toEqual([]);
    expect([dials("web1"), dials("ns1")]).toEqual([1, 1]);
  });

  test("[I] the data lists every check of every server in order", async () => {
    const { code, data } = await report(simulator.servers);
    expect({ code, ...data, machine: 0, servers: 0 }).toEqual({
      code: 0,
      well: true,
      machine: 0,
      servers: 0,
      unreadable: [],
    });
    expect(data.machine.map(({ check }) => check)).toEqual(["node", "pulumi", "plugins", "connections"]);
    expect(data.servers.map(({ server }) => server)).toEqual(["web1", "ns1"]);
    for (const { checks } of data.servers) {
      expect(checks.map(({ check }) => check)).toEqual(everyCheck);
      expect(new Set(checks.map(({ state }) => state))).toEqual(new Set(["ok"]));
    }
  });

  test("[I] whmapi1 and date answer where no api is declared", async () => {
    const { code, data } = await report(withConnection({}));
    expect(code).toBe(0);
    expect(Object.keys(checksOf(data))).toEqual(everyCheck.filter((check) => check !== "token"));
    expect(checksOf(data)["api"]?.message).toBe("whmapi1 answers over SSH");
    expect(writes(simulator)).toEqual([]);
  });

  test("[I] no secret is printed, whatever fails", async () => {
    simulator.fault("web1", "no-forwarding");
    const other = keyPair().privateKey;
    const servers = {
      ...withApi({ token: "WRONGSECRETWRONGSECRETWRONGSECRE" }),
      web1: { ...connected("web1"), connection: { ...connected("web1").connection, privateKey: other } },
    };
    for (const { output } of [await doctor(servers), await doctor(servers, "--json")]) {
      expect(output).not.toMatch(/WRONGSECRET|PRIVATE KEY/);
      for (const line of other.split("\n").filter((each) => each.length > 30))
        expect(output).not.toContain(line);
      expect(output).not.toContain(simulator.servers["web1"]!.api!.token!);
    }
  });
});

describe("doctor on this machine", () => {
  const machine = (data: Report) => Object.fromEntries(data.machine.map((each) => [each.check, each]));

  test("[I] a missing command line of Pulumi fails, and the servers are still checked", async () => {
    process.env["PATH"] = folder;
    const { code, data } = await report(simulator.servers);
    expect(code).toBe(1);
    expect(machine(data)).toMatchObject({ pulumi: { state: "failed" }, plugins: { state: "skipped" } });
    expect(inState(data, "ok")).toEqual(everyCheck);
  });

  test("[I] an old one fails, and so do missing programs for Node", async () => {
    installPulumi({ version: "v3.226.9", programs: ["pulumi-language-nodejs"] });
    const old = await report(simulator.servers);
    expect(machine(old.data)["pulumi"]).toMatchObject({ state: "failed" });
    installPulumi({ programs: ["pulumi-language-nodejs"] });
    const { code, data } = await report(simulator.servers);
    expect(code).toBe(1);
    expect(machine(data)["plugins"]?.message).toMatch(/^pulumi-resource-pulumi-nodejs can't be found/);
  });

  test("[I] a program for Node in the SDK of the current folder is found", async () => {
    installPulumi({ programs: ["pulumi-language-nodejs"] });
    const sdk = join(folder, "node_modules/@pulumi/pulumi");
    mkdirSync(sdk, { recursive: true });
    writeFileSync(join(sdk, "pulumi-resource-pulumi-nodejs"), "");
    expect((await report(simulator.servers)).code).toBe(0);
  });

  test("[I] a credential in the clear configuration of a program in this folder fails with the command that mends it", async () => {
    writeFileSync(join(folder, "Pulumi.yaml"), "name: dns\nruntime: nodejs\n");
    const value = JSON.stringify(simulator.servers);
    writeFileSync(join(folder, "config.json"), JSON.stringify({ "whm:servers": { value, secret: false } }));
    const { code, output } = await doctor(simulator.servers);
    expect(code).toBe(1);
    expect(output).toContain("`pulumi config get whm:servers | pulumi config set --secret whm:servers`");
    expect(output).not.toContain(simulator.servers["web1"]!.api!.token!);
    writeFileSync(join(folder, "config.json"), JSON.stringify({ "whm:servers": { secret: true } }));
    expect((await doctor(simulator.servers)).code).toBe(0);
  });

  test("[I] a program without a selected stack is no failure", async () => {
    writeFileSync(join(folder, "Pulumi.yaml"), "name: dns\nruntime: nodejs\n");
    const { code, data } = await report(simulator.servers);
    expect(code).toBe(0);
    expect(machine(data)["configuration"]?.state).toBe("skipped");
  });

  test("[I] two servers with one address fail", async () => {
    const { code, data } = await report({
      ...simulator.servers,
      web1: { ...connected("web1"), publicAddress: connected("ns1").address },
    });
    expect(code).toBe(1);
    expect(machine(data)["connections"]?.message).toBe("web1 and ns1 have the address 192.0.2.11");
  });
});

describe("doctor with bad input", () => {
  test.each([
    ["no connections", ["doctor"], "Say how to reach the servers"],
    ["a missing file", ["doctor", "--connections", "missing.json"], "missing.json"],
    ["two sources", ["doctor", "--connections", "x", "--stack", "y"], "cannot be used with"],
  ])("[I] %s ends with 2", async (_title, args, words) => {
    const { code, output, errors } = await commandLine(args);
    expect({ code, output }).toEqual({ code: 2, output: "" });
    expect(errors).toContain(words);
  });

  test("[I] a malformed file ends with 2", async () => {
    expect((await doctor({ ns1: { type: "windows" } })).code).toBe(2);
  });
});

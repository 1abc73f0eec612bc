import { configurationResult } from "../../provider/cli/doctor/configuration";
import { connectionsResult } from "../../provider/cli/doctor/connections";
import { diagnosisData, exitCodeOf, type Diagnosis } from "../../provider/cli/doctor/diagnosis";
import { nodeResult, pulumiResult } from "../../provider/cli/doctor/machine";
import { reportLines } from "../../provider/cli/doctor/report-lines";
import { withShortDials } from "../../provider/cli/look/short-dials";
import { isAtLeast } from "../../provider/cli/version-order";
import { coloursFor } from "../../provider/cli/streams";
import type { Check, Examination } from "../../provider/survey";

const plain = coloursFor(false);
const facts = { product: "dnsonly", version: "11.136.0.5" } as const;

function examination(server: string, ...checks: Check[]): Examination {
  return {
    server,
    facts,
    checks: checks.length > 0 ? checks : [{ check: "name", state: "ok", message: "" }],
  };
}

function diagnosis(servers: Examination[]): Diagnosis {
  const connections = Object.fromEntries(
    servers.map(({ server }, at) => [
      server,
      { type: "dnsonly", address: `192.0.2.${at}`, connection: { host: `${server}.example.com` } } as const,
    ]),
  );
  return { connections, servers, machine: [{ check: "node", state: "ok", message: "Node 22.1.0" }] };
}

const failure = (message: string): Check => ({ check: "port", state: "failed", message, cure: "Open it." });
const names = (count: number) => Array.from({ length: count }, (_, at) => `ns${at + 1}`);

describe("the report for people", () => {
  test("[U] combines many servers of which the same was found, and shows few one by one", () => {
    const sixty = reportLines(diagnosis(names(60).map((name) => examination(name))), plain, undefined);
    expect(sixty).toHaveLength(5);
    expect(sixty[2]).toMatch(
      /^ns1, ns2, .*, ns60 \(60 servers\): well, DNSOnly 11\.136\.0\.5, 1 check each$/,
    );
    expect(sixty[4]).toBe("60 servers: 60 well");
    expect(reportLines(diagnosis(names(4).map((name) => examination(name))), plain, undefined)).toHaveLength(
      8,
    );
  });

  test("[U] combines failures that differ in names and addresses only, and says so", () => {
    const servers = names(8).map((name, at) =>
      examination(name, failure(`connect ECONNREFUSED 192.0.2.${at}:22 (${name}.example.com)`)),
    );
    expect(reportLines(diagnosis(servers), plain, undefined).slice(2)).toEqual([
      `${names(8).join(", ")} (8 servers): can't be read, 1 check each`,
      "  failed port: connect ECONNREFUSED 192.0.2.0:22 (ns1.example.com).",
      "    Open it.",
      "  (as said of ns1; the others differ in names and addresses only)",
      "",
      "8 servers: 0 well, 8 can't be read",
    ]);
  });

  test("[U] keeps apart what differs in anything else, such as a fingerprint", () => {
    const servers = names(8).map((name, at) => examination(name, failure(`SHA256:abc${at}def`)));
    const lines = reportLines(diagnosis(servers), plain, undefined);
    expect(lines.filter((line) => line.startsWith("ns"))).toHaveLength(8);
  });

  test("[U] breaks lines at the width of a terminal and lets no control character through", () => {
    const text = `${"word ".repeat(40)}\u001b[2J`;
    const lines = reportLines(diagnosis([examination("ns1", failure(text))]), plain, 60);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(lines.join("")).not.toContain("\u001b");
  });

  test("[U] colours the verdict and the state", () => {
    const servers = [examination("ns1"), examination("ns2", failure("x"))];
    const text = reportLines(diagnosis(servers), coloursFor(true), undefined).join("\n");
    expect(text).toContain("ns1: \u001b[32mwell\u001b[39m, DNSOnly");
    expect(text).toContain("  \u001b[31mfailed\u001b[39m port: x.");
  });
});

describe("the outcome", () => {
  const wrong: Check = { check: "clock", state: "failed", message: "x", cure: "y" };
  const warned: Check = { check: "forwarding", state: "warning", message: "x", cure: "y" };

  test.each([
    ["nothing", [examination("a")], 0],
    ["a warning", [examination("a", warned)], 0],
    ["a failure", [examination("a", wrong)], 1],
    ["an unreadable server", [examination("a", failure("x"))], 3],
    ["both", [examination("a", wrong), examination("b", failure("x"))], 3],
  ])("[U] after %s", (_title, servers, code) => {
    const found = diagnosis(servers);
    expect(exitCodeOf(found)).toBe(code);
    expect(diagnosisData(found)).toMatchObject({ well: code === 0 });
  });

  test("[U] a failure of this machine counts", () => {
    expect(exitCodeOf({ ...diagnosis([]), machine: [wrong] })).toBe(1);
  });
});

describe("versions", () => {
  test.each([
    ["20.18.1", "20.18.1", true],
    ["20.9.0", "20.18.1", false],
    ["24.0.0", "20.18.1", true],
    ["3.258.0-dev", "3.227.0", true],
    ["3.27.9", "3.227.0", false],
    ["4.0", "3.227.0", true],
  ])("[U] %s is at least %s: %j", (version, oldest, expected) => {
    expect(isAtLeast(version, oldest)).toBe(expected);
  });

  test("[U] an old Node and an old Pulumi fail, and so does a command line without a version", () => {
    expect(nodeResult("20.18.0", "20.18.1")).toMatchObject({ state: "failed" });
    expect(pulumiResult("v3.226.0\n")).toMatchObject({ state: "failed" });
    expect(pulumiResult("hello")).toMatchObject({ state: "failed" });
    expect(pulumiResult("v3.227.0\n")).toEqual({ state: "ok", message: "Pulumi 3.227.0" });
  });
});

describe("the configuration of a stack", () => {
  const judge = (servers: unknown, chosen: string[] = []) =>
    configurationResult(
      JSON.stringify({ "whm:servers": { value: JSON.stringify(servers), secret: false } }),
      chosen,
    );

  test.each([
    [{ connection: { host: "h", password: "x" } }],
    [{ connection: { host: "h", privateKey: "x" } }],
    [{ connection: { host: "h", proxy: { host: "b", privateKeyPassword: "x" } } }],
    [{ api: { token: "x" } }],
  ])("[U] %j in clear fails, without the value", (server) => {
    const result = judge({ ns1: { type: "dnsonly", ...server } }, ["--stack", "prod"]);
    expect(result.state).toBe("failed");
    expect(result.cure).toContain(
      "`pulumi config get whm:servers --stack prod | pulumi config set --secret whm:servers --stack prod`",
    );
  });

  test("[U] names of files and variables may stand in clear", () => {
    const server = { connection: { host: "h", privateKeyFile: "~/.ssh/id" }, api: { tokenEnv: "T" } };
    expect(judge({ ns1: server }).state).toBe("ok");
  });

  test("[U] a value that can't be read may hold one", () => {
    const text = JSON.stringify({ "whm:servers": { value: "{broken", secret: false } });
    expect(configurationResult(text, []).state).toBe("failed");
  });

  test("[U] no such value is well", () => {
    expect(configurationResult("{}", []).state).toBe("ok");
  });
});

describe("the connections", () => {
  test("[U] one server may have the same address inside and outside", () => {
    const ns1 = { type: "dnsonly", address: "192.0.2.1", publicAddress: "192.0.2.1" } as const;
    expect(connectionsResult({ ns1 })).toMatchObject({ state: "ok", message: "1 server" });
  });

  test.each([
    [{}, { dialErrorLimit: 2, perDialTimeout: 15 }],
    [
      { dialErrorLimit: -1, perDialTimeout: 0 },
      { dialErrorLimit: 2, perDialTimeout: 15 },
    ],
    [
      { dialErrorLimit: 10, perDialTimeout: 60 },
      { dialErrorLimit: 2, perDialTimeout: 60 },
    ],
    [
      { dialErrorLimit: 1, perDialTimeout: 3 },
      { dialErrorLimit: 1, perDialTimeout: 3 },
    ],
  ])("[U] %j is dialled with %j, a bastion too", (given, limits) => {
    const { ns1 } = withShortDials({
      ns1: { type: "dnsonly", connection: { host: "h", ...given, proxy: { host: "b", ...given } } },
    });
    expect(ns1?.connection).toEqual({ host: "h", ...limits, proxy: { host: "b", ...limits } });
  });
});

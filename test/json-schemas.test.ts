import Ajv from "ajv";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { schemaComment } from "../provider/files/schema-comment";
import { jsonSchemas } from "../script/docs/json-schemas";
import { accepted } from "./cli/helpers";

const root = resolve(__dirname, "..");
const textOf = (...path: string[]): string => readFileSync(join(root, ...path), "utf8");
const { "topology.json": topology, "servers.json": servers } = jsonSchemas();
const compiled = {
  topology: new Ajv({ allErrors: true }).compile(topology!),
  servers: new Ajv({ allErrors: true }).compile(servers!),
};

/** Places of what a schema rejects, with the rejecting word. */
function rejectedBy(kind: keyof typeof compiled, text: string): string[] {
  const validate = compiled[kind];
  return validate(parse(text, { merge: true }))
    ? []
    : (validate.errors ?? []).map(({ dataPath, keyword }) => `${dataPath} ${keyword}`);
}

const examples = readdirSync(join(root, "examples"), { recursive: true, encoding: "utf8" })
  .filter(
    (file) => file.endsWith(".yaml") && !/Pulumi[^/]*\.yaml$/.test(file) && !file.includes("node_modules"),
  )
  .map((file) => join("examples", file));
const named = [...examples, "gitops/repository/cluster.yaml", "templates/whm-typescript/cluster.yaml"];
const rules = readdirSync(join(root, "docs/rules")).map((file) => join("docs/rules", file));

describe("the JSON schemas", () => {
  test.each(Object.keys(jsonSchemas()))("[U] schemas/%s is what `npm run docs` generates", (name) => {
    expect(JSON.parse(textOf("schemas", name))).toEqual(jsonSchemas()[name]);
  });

  test.each([...named, ...rules])("[U] accept %s", (file) => {
    expect(rejectedBy("topology", textOf(file))).toEqual([]);
  });

  test.each(named)("[U] are named in the first line of %s", (file) => {
    expect(textOf(file).startsWith(schemaComment("topology"))).toBe(true);
  });

  test("[U] explain every field of a server and of a link", () => {
    const text = JSON.stringify(topology);
    for (const sentence of [
      "Main address of the server.",
      "What `from` does with `to`.",
      "Why the rule is overridden.",
    ])
      expect(text).toContain(`"description":"${sentence}`);
  });
});

const change = (from: string, to: string): string => accepted.replace(from, to);

describe("a mistake in a topology", () => {
  test.each<[what: string, text: string, rejected: string]>([
    [
      "a misspelt key",
      change("ns1: { type: dnsonly, address", "ns1: { type: dnsonly, adress"),
      ".servers['ns1'] additionalProperties",
    ],
    ["a misspelt role", change("role: sync", "role: synch"), ".links[0].role enum"],
    ["an unknown type", change("dnsonly", "bind"), ".servers['ns1'].type enum"],
    ["a missing end", change("from: web1, to: ns1", "from: web1"), ".links[0] required"],
    ["a network as address", change("192.0.2.54", "192.0.2.54/24"), ".servers['ns2'].address anyOf"],
    [
      "a connection",
      change("type: cpanel", "type: cpanel, connection: { host: a }"),
      ".servers['web1'] additionalProperties",
    ],
    ["a list of servers", "servers: [{ type: cpanel }]", ".servers type"],
    ["a link as text", change("{ from: web1, to: ns1, role: sync }", "web1 -> ns1"), ".links[0] type"],
    [
      "a text in place of true",
      change("dnsonly", 'cpanel, nameserver: "yes"'),
      ".servers['ns1'].nameserver type",
    ],
    ["an unknown rule", `${accepted}rules: { nameserver-lnk: { severity: off, reason: x } }`, ".rules enum"],
    ["a fixed rule", `${accepted}rules: { sync-back: { severity: off, reason: x } }`, ".rules enum"],
    [
      "an override without reason",
      `${accepted}rules: { trusted-ip: { severity: off } }`,
      ".rules['trusted-ip'] required",
    ],
    [
      "a dnsonly server that is no nameserver",
      change("dnsonly", "dnsonly, nameserver: false"),
      ".servers['ns1'].nameserver const",
    ],
    [
      "an intermediary that hosts accounts",
      change("cpanel", "cpanel, intermediary: true"),
      ".servers['web1'] required",
    ],
  ])("[U] is marked by the schema: %s", (_what, text, rejected) => {
    expect(rejectedBy("topology", text)).toContain(rejected);
  });

  test("[U] in a version without quotes is none", () => {
    expect(rejectedBy("topology", change("type: cpanel", "type: cpanel, version: 11.110"))).toEqual([]);
  });
});

describe("a mistake in a file of servers", () => {
  const server =
    "web1: { type: cpanel, address: 192.0.2.10, connection: { host: WEB1.example.com, port: 22 } }";

  test.each<[what: string, text: string, rejected: string]>([
    [
      "a misspelt key of a connection",
      server.replace("host:", "hst:"),
      "['web1'].connection additionalProperties",
    ],
    ["a token beside api", server.replace("type:", "token: x, type:"), "['web1'] additionalProperties"],
    ["a port as text", server.replace("22", '"22"'), "['web1'].connection.port type"],
    ["a topology", accepted, "['links'] type"],
  ])("[U] is marked by the schema: %s", (_what, text, rejected) => {
    expect(rejectedBy("servers", server)).toEqual([]);
    expect(rejectedBy("servers", text).map((each) => each.replace(/^\.(\w+)/, "['$1']"))).toContain(rejected);
  });
});

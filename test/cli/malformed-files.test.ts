import { writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accepted, commandLine } from "./helpers";

const planted = "PLANTEDTOKEN0123456789ABCDEFGH01";
const validate = (input: string) => commandLine(["validate", "-"], { input });
const change = (from: string, to: string): string => accepted.trimStart().replace(from, to);

describe("a malformed topology file", () => {
  test.each<[what: string, text: string, said: string]>([
    [
      "a misspelt key",
      change("ns1: { type: dnsonly, address", "ns1: { type: dnsonly, adress"),
      `  servers.ns1.adress: is no known key; did you mean address?
    line 3, column 25
    |   ns1: { type: dnsonly, adress: 192.0.2.53, hostname: ns1.example.com }
    |                         ^^^^^^
`,
    ],
    [
      "a misspelt role",
      change("to: ns2, role: sync", "to: ns2, role: synch"),
      `  links[1].role: must be sync, write-only or standalone, not "synch"; did you mean sync?
    line 7, column 28
    |   - { from: web1, to: ns2, role: synch }
    |                            ^^^^
`,
    ],
    [
      "an unknown rule",
      `${accepted.trimStart()}rules:\n  nameserver-lnk: { severity: off, reason: move }\n`,
      `  rules.nameserver-lnk: there is no such rule; did you mean nameserver-link?
    line 9, column 3
    |   nameserver-lnk: { severity: off, reason: move }
    |   ^^^^^^^^^^^^^^
`,
    ],
    [
      "a missing key, at its object",
      change("to: ns2, role: sync", "to: ns2"),
      `  links[1].role: must be sync, write-only or standalone
    line 7, column 5
    |   - { from: web1, to: ns2 }
    |     ^^^^^^^^^^^^^^^^^^^^^^^
`,
    ],
    [
      "a link in the words of a drawing",
      change("{ from: web1, to: ns2, role: sync }", "web1 -> ns2"),
      `  links[1]: expected object, not "web1 -> ns2"\n    line 7, column 5\n`,
    ],
    [
      "a text in place of true",
      change("type: dnsonly", 'type: cpanel, nameserver: "yes"'),
      `  servers.ns1.nameserver: expected true or false, not "yes"\n    line 3, column 24\n`,
    ],
    [
      "a list of servers",
      "servers:\n  - { name: web1, type: cpanel }\n",
      "  servers: expected an object with a key for each entry, not array\n    line 1, column 1\n",
    ],
    [
      "a network as an address",
      change("192.0.2.54", "192.0.2.54/24"),
      `  servers.ns2.address: must be an IPv4 or IPv6 address, not "192.0.2.54/24"; it is a network; write the address of the server alone\n    line 4, column 25\n`,
    ],
    [
      "a tab",
      change("  ns2:", "\tns2:"),
      "  line 4, column 1: Tabs are not allowed as indentation\n    |  ns2: { type: dnsonly, address: 192.0.2.54",
    ],
    [
      "servers at the top, as in a connections file",
      `web1: { type: cpanel, connection: { host: web1, password: ${planted} } }\n`,
      "  web1: describes a server, and a topology has its servers under `servers`;",
    ],
    [
      "JSON with Windows line ends",
      '{\r\n  "servers": { "a": { "type": "bind" } }\r\n}\r\n',
      `  servers.a.type: must be cpanel or dnsonly, not "bind"
    line 2, column 23
    |   "servers": { "a": { "type": "bind" } }
    |                       ^^^^^^
`,
    ],
  ])("[U] is shown with path, value, line and column: %s", async (_what, text, said) => {
    const { code, output, errors } = await validate(text);
    expect({ code, output }).toEqual({ code: 2, output: "" });
    expect(errors).toContain(said);
    expect(errors).not.toContain(planted);
  });

  test("[U] with a connection in it is told where that belongs, without its secrets", async () => {
    const access = `connection: { password: hunter2, pasword: hunter3, proxy: { x: hunter4 } }`;
    const { errors } = await validate(
      change("type: cpanel", `type: cpanel, ${access}, api: { token: ${planted} }`),
    );
    expect(errors).toContain(
      "servers.web1.connection: does not belong in a topology, which does not say how to",
    );
    expect(errors).toContain("servers.web1.api: does not belong in a topology");
    expect(errors).toContain("connection: { password: ***, pasword: ***, proxy: { x: *** } }");
    expect(errors).not.toMatch(/hunter|PLANTED/);
  });

  test("[U] shows no line of a text that can't be parsed and hints at a secret", async () => {
    const { errors } = await validate("servers:\n  web1: { password: hunter2\n  x: [hunter3\n");
    expect(errors).toMatch(/line \d, column \d/);
    expect(errors).not.toContain("hunter");
  });

  test("[U] shows a piece of a long line", async () => {
    const many = Array.from({ length: 40 }, (_none, at) => `ns${at}: { type: dnsonly }`).join(", ");
    const { errors } = await validate(`servers: { ${many}, web1: { type: cpannel } }\n`);
    const [, , , line, mark] = errors.split("\n");
    expect(line!.length).toBeLessThanOrEqual(106);
    expect(line!.slice(mark!.indexOf("^"))).toMatch(/^type: cpannel/);
  });

  test("[U] keeps control characters of the shown line from the terminal", async () => {
    const { errors } = await validate('servers: { "a\\e[2J": { type: "x\\e[2J", ns: "\u009b" } }\n');
    expect(errors).not.toMatch(/[\u001b\u009b]/);
  });
});

describe("a malformed connections file", () => {
  const folder = mkdtempSync(join(tmpdir(), "whm-malformed-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  async function status(text: string) {
    const file = join(folder, "servers.yaml");
    writeFileSync(file, text);
    return commandLine(["status", "--connections", file]);
  }

  test.each<[what: string, text: string, ...said: string[]]>([
    ["a topology", accepted, "(root): is a topology, which does not say how to reach its servers"],
    [
      "a misspelt key",
      "web1:\n  type: cpanel\n  connection:\n    host: web1\n    pasword: hunter2\n",
      "web1.connection.pasword: is no known key; did you mean password?\n    line 5, column 5\n",
      "    |     pasword: ***\n",
    ],
    [
      "a token beside api",
      `web1:\n  type: cpanel\n  token: ${planted}\n`,
      "web1.token: stands beside `api` and belongs inside it, as api.token\n    line 3, column 3\n",
      "    |   token: ***\n",
    ],
    [
      "a port that is none",
      "web1: { type: cpanel, connection: { host: web1, port: 70000, password: hunter2 } }\n",
      "web1.connection.port: ",
      "not 70000",
    ],
  ])("[U] is shown with its place and without secrets: %s", async (_what, text, ...said) => {
    const { code, errors } = await status(text);
    expect(code).toBe(2);
    for (const sentence of said) expect(errors).toContain(sentence);
    expect(errors).not.toMatch(/hunter|PLANTED/);
  });
});

import { writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeText } from "../../provider/files/decode";
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
      `  links[1].role: is missing; must be sync, write-only or standalone
    line 7, column 5
    |   - { from: web1, to: ns2 }
    |     ^^^^^^^^^^^^^^^^^^^^^^^
`,
    ],
    [
      "a link in the words of a drawing",
      change("{ from: web1, to: ns2, role: sync }", "web1 -> ns2"),
      `  links[1]: expected an object, not "web1 -> ns2"; write { from: web1, to: ns2, role: sync }\n    line 7, column 5\n`,
    ],
    [
      "a text in place of true",
      change("type: dnsonly", 'type: cpanel, nameserver: "yes"'),
      `  servers.ns1.nameserver: expected true or false, not "yes"; write true\n    line 3, column 24\n`,
    ],
    [
      "a list of servers",
      "servers:\n  - { name: web1, type: cpanel }\n",
      "  servers: expected an object with a key for each entry, not a list; write each entry after its name, as in web1: { ... }\n    line 1, column 1\n",
    ],
    [
      "a network as an address",
      change("192.0.2.54", "192.0.2.54/24"),
      `  servers.ns2.address: must be an IPv4 or IPv6 address, not "192.0.2.54/24"; it is a network; write the address of the server alone\n    line 4, column 25\n`,
    ],
    [
      "a tab",
      change("  ns2:", "\tns2:"),
      "  line 4, column 1: a tab; indent with blanks\n    |  ns2: { type: dnsonly, address: 192.0.2.54",
    ],
    [
      "a number as a name",
      change("from: web1, to: ns2", "from: 7, to: ns2"),
      `  links[1].from: expected a text, not 7; write "7"\n    line 7, column 7\n`,
    ],
    [
      "a server with nothing in it",
      "servers:\n  web1: { type: cpanel }\n  ns1: { type: dnsonly }\n  ns2:\n",
      "  servers.ns2: is empty (null); expected an object\n    line 4, column 3\n",
    ],
    [
      "links below servers",
      change("links:", "  links:"),
      "  servers.links: expected an object, not a list; links stands beside servers, not in it\n    line 5, column 3\n",
    ],
    [
      "links in place of a list",
      "servers: {}\nlinks: { web1: ns1 }\n",
      "  links: expected a list, not an object; a list has its entries in brackets, or each after a dash\n    line 2, column 1\n",
    ],
    [
      "several servers in one link",
      change("to: ns2", "to: [ns1, ns2]"),
      "  links[1].to: expected a text, not a list; write an entry for each\n    line 7, column 19\n",
    ],
    [
      "a severity without its reason",
      `${accepted.trimStart()}rules:\n  nameserver-link: off\n`,
      `  rules.nameserver-link: expected an object, not "off"; write { severity: off, reason: ... }\n    line 9, column 3\n`,
    ],
    [
      "a colon without a blank",
      change("ns2: { type: dnsonly", "ns2: { type:dnsonly"),
      "  servers.ns2.type:dnsonly: is no known key; a blank is missing after the colon: type: dnsonly\n    line 4, column 10\n",
    ],
    [
      "a token in a topology",
      change("type: cpanel", `type: cpanel, token: ${planted}`),
      "  servers.web1.token: does not belong in a topology, which does not say how to reach servers;",
    ],
    [
      "nothing but a text",
      "hello\n",
      `  (root): expected an object, not "hello"\n    line 1, column 1\n    | hello\n`,
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

  test.each<[what: string, text: string, said: string]>([
    [
      "a key that stands twice",
      "servers:\n  ns1: {}\n  ns1: {}\n",
      "line 3, column 3: ns1 stands here again; it is already in line 2\n    |   ns1: {}\n    |   ^^^\n",
    ],
    [
      "an alias without an anchor",
      "servers:\n  ns1: &dns {}\n  ns2: *dnss\n",
      "line 3, column 8: *dnss stands for what has the anchor &dnss before it, and there is none; did you mean *dns?\n",
    ],
    [
      "a brace that is open",
      "servers:\n  ns1: { type: dnsonly\nlinks: []\n",
      "line 2, column 8: this { is not closed\n    |   ns1: { type: dnsonly\n    |        ^\n",
    ],
    ["JSON that ends early", '{ "servers": { "a": {}\n}', "line 1, column 1: this { is not closed\n"],
    ["a bracket that is open", "links: [{ from: a }\n", "line 1, column 8: this [ is not closed\n"],
    [
      "a quote that is open",
      'servers:\n  ns1: { hostname: "ns1 }\nlinks: []\n',
      'line 2, column 20: this " is not closed\n',
    ],
    ["a brace too many", "servers: {} }\n", "line 1, column 13: closes what nothing opened\n"],
    [
      "a key in another column",
      "servers:\n  web1:\n    type: cpanel\n   address: x\n",
      "line 4, column 4: begins in another column than what is above it\n",
    ],
    [
      "a key without a blank",
      "servers:\n  web1:\n    type:cpanel\n    dnssec: true\n",
      "line 3, column 5: a key has a colon and a blank after it, as in `type: cpanel`\n",
    ],
    [
      "a comma that is missing",
      "links:\n  - { from: a to: b }\n",
      "line 2, column 13: a comma is missing between two entries\n",
    ],
    [
      "a character that needs quotes",
      "servers:\n  web1: @x\n",
      "line 2, column 9: a text that begins with @ needs quotes\n",
    ],
    [
      "a second document",
      "servers: {}\n---\nservers: {}\n",
      "line 2, column 1: a second document begins here; a file holds one\n",
    ],
    [
      "a comment in JSON",
      '{\n  // mine\n  "servers": {}\n}\n',
      "line 2, column 3: JSON has no comments; remove it, or write YAML and begin it with #\n    |   // mine\n",
    ],
    [
      "a key that no object can hold",
      "servers:\n  __proto__: { type: cpanel }\n",
      "line 2, column 3: no key can have this name\n",
    ],
  ])("[U] says in plain words where its syntax is wrong: %s", async (_what, text, said) => {
    const { code, errors } = await validate(text);
    expect({ code, errors }).toEqual({
      code: 2,
      errors: expect.stringContaining(`standard input is not YAML or JSON:\n  ${said}`) as string,
    });
    expect(errors.match(/line \d+, column/g)).toHaveLength(1);
  });

  test("[U] does not repeat a password that reads as an alias", async () => {
    const { errors } = await validate("web1: { connection: { password: *hunter2 } }\n");
    expect(errors).toContain("line 1, column 33: a text that begins with * needs quotes\n");
    expect(errors).not.toContain("hunter");
  });

  test.each([
    ["UTF-16", Buffer.from(accepted, "utf16le"), "but UTF-16; save it as UTF-8", [0xff, 0xfe]],
    [
      "Latin-1",
      Buffer.from("servers:\n  b\u00fcro: {}\n", "latin1"),
      ": line 2 has a byte that is no character",
      [],
    ],
  ])("[U] in %s is refused, not misread", (_what, bytes, said, mark) => {
    expect(() => decodeText(Buffer.concat([Buffer.from(mark), bytes]))).toThrow(
      `it is not UTF-8 text${/^:/.test(said) ? "" : " "}${said}`,
    );
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

import { validateTopology } from "../../provider/topology";
import { fourRegions } from "../topology/fleets";
import { accepted, commandLine, rejected } from "./helpers";

const validate = (input: string, ...flags: string[]) => commandLine(["validate", "-", ...flags], { input });

/** What `--json` prints, without trusting it. */
function dataOf(output: string): { accepted: unknown; shape: unknown; findings: Record<string, unknown>[] } {
  return JSON.parse(output) as ReturnType<typeof dataOf>;
}

describe("validate", () => {
  test("[U] accepts a topology: exits with 0 and prints the verdict, the shape and a drawing", async () => {
    const { code, output, errors } = await validate(accepted);
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    expect(output).toMatch(/^standard input: accepted, shape direct\n\ndirect links/);
    expect(output).toContain("└── sync ──> ns2 (DNSOnly)");
  });

  test("[U] names an allowance of a risk that has expired, and accepts the topology all the same", async () => {
    const allow = (until: string) =>
      `${accepted}\nallow: [{ risk: many-changes, reason: move, until: ${until} }]`;
    const { code, output } = await validate(allow("2020-01-31"));
    expect(code).toBe(0);
    expect(output).toContain("allow many-changes (move) has expired on 2020-01-31");
    expect((await validate(allow("2999-01-31"))).output).not.toContain("allow");
  });

  test("[U] rejects a topology: exits with 1 and prints a line with the rule for each finding", async () => {
    const { code, output } = await validate(rejected);
    expect(code).toBe(1);
    expect(output).toMatch(/^standard input: rejected, shape direct, \d errors?/);
    expect(output).toMatch(/^ {2}error: ns1 -> web1: .* \[sync-back\]$/m);
    expect(output).toMatch(/^ {2}error: .* \[feeding-cycle\]$/m);
  });

  test("[U] prints verdict, shape and findings as JSON, with null as the link of a finding about no link", async () => {
    const { code, output, errors } = await validate(rejected, "--json");
    expect({ code, errors }).toEqual({ code: 1, errors: "" });
    const data = dataOf(output);
    expect(Object.keys(data)).toEqual(["accepted", "shape", "findings"]);
    expect(data).toMatchObject({ accepted: false, shape: "direct" });
    for (const finding of data.findings) {
      expect(Object.keys(finding)).toEqual(["rule", "severity", "servers", "link", "message", "fix"]);
    }
    const find = (rule: string) => data.findings.find((finding) => finding["rule"] === rule);
    expect(find("sync-back")).toMatchObject({ severity: "error", link: { from: "ns1", to: "web1" } });
    expect(find("feeding-cycle")).toMatchObject({ link: null });
  });

  test("[U] prints an empty list as JSON for an accepted topology without findings", async () => {
    const { output } = await validate(accepted, "--json");
    expect(dataOf(output)).toEqual({ accepted: true, shape: "direct", findings: [] });
  });

  test("[U] prints a null shape as JSON for a topology without feeding links", async () => {
    const { code, output } = await validate("servers: { web1: { type: cpanel } }", "--json");
    expect(code).toBe(1);
    expect(dataOf(output).shape).toBeNull();
  });

  test("[U] relaxes a finding with an override and prints its reason, as text and as JSON", async () => {
    const linked = `${accepted}  - { from: ns1, to: ns2, role: sync }\n`;
    const relaxed = `${linked}rules: { nameserver-link: { severity: warning, reason: moving house } }\n`;
    expect((await validate(linked)).code).toBe(1);
    const text = await validate(relaxed);
    expect(text.code).toBe(0);
    expect(text.output).toContain("(overridden: moving house) [nameserver-link]");
    expect(dataOf((await validate(relaxed, "--json")).output).findings).toContainEqual(
      expect.objectContaining({ rule: "nameserver-link", severity: "warning", reason: "moving house" }),
    );
  });

  test("[U] fits lines to the width of a terminal, and prints one line for each finding elsewhere", async () => {
    const narrow = await commandLine(["validate", "-"], { input: rejected, columns: 50, colours: true });
    const plain = narrow.output.replace(/\u001b\[\d+m/g, "");
    const findings = plain.split("\n\n")[0]!.split("\n").slice(1);
    expect(Math.max(...findings.map((line) => line.length))).toBeLessThanOrEqual(50);
    const [wide] = (await validate(rejected)).output.split("\n\n");
    expect(findings.join("\n").replace(/\n {4}/g, " ")).toBe(wide!.split("\n").slice(1).join("\n"));
  });

  test("[U] fits sixty servers in four regions on a screen of sixty lines, while --json prints every finding", async () => {
    const input = JSON.stringify(fourRegions());
    for (const columns of [{ columns: 80 }, {}]) {
      const { code, output } = await commandLine(["validate", "-"], { input, ...columns });
      expect(code).toBe(1);
      expect(output.trimEnd().split("\n").length).toBeLessThanOrEqual(60);
      expect(output).toContain("... `whm-dns graph` draws all of it.");
      expect(output).toMatch(/There are 36 findings\s+like\s+this,\s+about\s+40\s+servers:\s+africa-ns1,/);
    }
    const { findings } = dataOf((await validate(input, "--json")).output);
    expect(findings.map(({ message }) => message)).toEqual(
      validateTopology(fourRegions()).map(({ message }) => message),
    );
    expect(findings.length).toBeGreaterThan(150);
  });

  test("[U] colours verdict and severities on a terminal and nowhere else", async () => {
    const coloured = await commandLine(["validate", "-"], { input: rejected, colours: true });
    expect(coloured.output).toContain("\u001b[31mrejected\u001b[39m");
    expect(coloured.output).toContain("  \u001b[31merror:\u001b[39m ns1 -> web1");
    expect((await validate(rejected)).output).not.toContain("\u001b");
  });

  test("[U] keeps control characters in names from the terminal", async () => {
    const { output } = await validate('servers: { "a\\e[2Jb\\u009b": { type: cpanel } }');
    expect(output).toContain("a?[2Jb?");
    expect(output).not.toMatch(/[\u001b\u009b]/);
  });

  test("[U] keeps a name with characters that change the reading direction from looking like another name", async () => {
    const { output } = await validate('servers: { "web\\u202e1sn": { type: cpanel } }');
    expect(output).toContain("web?1sn");
    const { errors } = await validate('servers: { "web\\u202e1sn\\u2028": { type: cpanel } }');
    expect(errors).toContain("web?1sn?");
  });
});

describe("a file that cannot be judged", () => {
  const web = "servers: { a: { type: cpanel } }\n";
  test.each<[string, string, string]>([
    ["a YAML syntax error", "servers:\n  web1: [\n", "line 2, column 9: this [ is not closed"],
    [
      "a repeated key",
      `${web}links: []\nlinks: []\n`,
      "line 3, column 1: links stands here again; it is already in line 2",
    ],
    ["a second document", "---\na: 1\n---\nb: 2\n", "line 3, column 1: a second document begins here"],
    [
      "an alias without an anchor",
      "servers: *there",
      "line 1, column 10: *there stands for what has the anchor &there",
    ],
    ["an alias bomb", bomb(), "Excessive alias count"],
    ["an empty file", "", "standard input is empty"],
    ["a list", "[]", "(root): expected an object, not a list"],
    ["an unknown type", "servers: { a: { type: bind } }", "servers.a.type: must be cpanel or dnsonly"],
    [
      "an unknown role",
      `${web}links: [{ from: a, to: b, role: push }]`,
      "links[0].role: must be sync, write-only or",
    ],
    [
      "a missing end of a link",
      `${web}links: [{ from: a, role: sync }]`,
      "links[0].to: is missing; expected a text",
    ],
    [
      "an unknown field",
      "servers: { a: { type: cpanel, color: red } }",
      "servers.a.color: is no known key; the keys here are type, address,",
    ],
    [
      "flags that contradict",
      "servers: { a: { type: dnsonly, nameserver: false } }",
      "servers.a.nameserver: a dnsonly",
    ],
    [
      "an intermediary web server",
      "servers: { a: { type: cpanel, intermediary: true } }",
      "servers.a.intermediary: ",
    ],
    [
      "an override of a fixed rule",
      override("sync-back", "reason: x"),
      "rules.sync-back: this rule is fixed",
    ],
    ["an override without reason", override("trusted-ip"), "rules.trusted-ip.reason: is missing"],
    ["an override with an empty reason", override("trusted-ip", 'reason: ""'), "rules.trusted-ip.reason: "],
    [
      "an unknown rule",
      override("trusted-ips", "reason: x"),
      "rules.trusted-ips: there is no such rule; did you mean",
    ],
  ])(
    "[U] exits with 2 for %s, prints a sentence with the place, and writes no output",
    async (_title, input, sentence) => {
      const { code, output, errors } = await validate(input, "--json");
      expect({ code, output }).toEqual({ code: 2, output: "" });
      expect(errors).toContain(sentence);
      expect(errors).not.toMatch(/^\s+at /m);
    },
  );

  test("[U] names all problems of a file at once", async () => {
    const { errors } = await validate(`servers: { a: { type: x }, b: { type: y } }\nlinks: [{ from: a }]`);
    expect(errors.match(/^ {2}\S+: /gm)).toHaveLength(4);
  });

  test("[U] never repeats the file's content in a syntax error", async () => {
    const { errors } = await validate("token: SECRETSECRET\n  privateKey: SECRETSECRET: [");
    expect(errors).toContain("line ");
    expect(errors).not.toContain("SECRETSECRET");
  });

  test("[U] refuses bytes that are not text", async () => {
    const result = await commandLine(["validate", "-"], { input: Uint8Array.of(0xff, 0xfe, 0x61) });
    expect(result).toMatchObject({
      code: 2,
      errors: "Failed to read standard input: it is not UTF-8 text but UTF-16; save it as UTF-8.\n",
    });
  });

  test.each([
    ["a missing file", "/nowhere/cluster.yaml", "there is no such file or folder"],
    ["a folder", "/", "it is a folder"],
  ])("[U] exits with 2 and one sentence for %s", async (_title, file, said) => {
    expect(await commandLine(["validate", file])).toEqual({
      code: 2,
      output: "",
      errors: `Failed to read ${file}: ${said}.\n`,
    });
  });
});

describe("the formats of a file", () => {
  test("[U] JSON is read, also with tabs and a byte order mark", async () => {
    const input = `\ufeff${JSON.stringify({ servers: { a: { type: "cpanel" } } }, undefined, "\t")}`;
    expect((await validate(input)).code).toBe(1);
  });

  test("[U] an unquoted version keeps its last digit: 11.110 is not 11.11", async () => {
    const withVersion = (version: string) =>
      accepted.replace("type: cpanel", `type: cpanel, version: ${version}`);
    expect((await validate(withVersion("11.110"))).code).toBe(0);
    expect((await validate(withVersion("11"))).code).toBe(0);
    expect((await validate(withVersion("10.0"))).output).toContain("[supported-version]");
  });

  test("[U] anchors and merge keys are followed", async () => {
    const input = "servers: { a: &a { type: dnsonly, dnsServer: bind }, b: { <<: *a, address: 192.0.2.1 } }";
    expect((await validate(input)).code).toBe(1);
  });
});

function override(rule: string, ...fields: string[]): string {
  return `${accepted}rules: { ${rule}: { ${["severity: warning", ...fields].join(", ")} } }\n`;
}

function bomb(): string {
  const levels = [..."bcdefghi"].map((name, at) => {
    const below = "abcdefghi"[at];
    return `${name}: &${name} [${Array(9).fill(`*${below}`).join(", ")}]`;
  });
  return ["a: &a [x, x, x]", ...levels].join("\n");
}

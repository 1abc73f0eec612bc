import { findingLines, validateTopology, type Finding } from "../../../provider/topology";
import { dns, link, links, web } from "../builders";
import { fourRegions } from "../fleets";

const unlinked = (count: number): Finding[] => {
  const spares = Array.from({ length: count }, (_, index) => [`ns${index + 2}`, dns(index + 60)] as const);
  return validateTopology({
    servers: { web1: web(10), ns1: dns(53), ...Object.fromEntries(spares) },
    links: links("web1 -> ns1"),
  });
};

describe("similar findings", () => {
  test("[U] are merged for three or more servers, with their number and names", () => {
    expect(findingLines(unlinked(2))).toHaveLength(2);
    const [line, ...others] = findingLines(unlinked(3));
    expect(others).toEqual([]);
    expect(line).toMatch(/^ {2}warning: ns2: nothing flows to or from it\. /);
    expect(line).toMatch(
      / There are 3 findings like this, about 3 servers: ns2, ns3, ns4\. \[unlinked-server\]$/,
    );
  });

  test("[U] are separate if they differ in severity, reason or text beside the names", () => {
    const [one, two, three] = unlinked(3) as [Finding, Finding, Finding];
    const count = (...findings: Finding[]): number => findingLines(findings).length;
    expect(count(one, two, three)).toBe(1);
    expect(count(one, two, { ...three, severity: "error" })).toBe(3);
    expect(count(one, two, { ...three, reason: "until May" })).toBe(3);
    expect(count(one, two, { ...three, fix: "Add a link to ns1." })).toBe(3);
  });

  test("[U] are merged if one name is part of another", () => {
    const servers = { web1: web(10), web10: web(20), web100: web(30), web2: web(2), ns1: dns(53) };
    const all = Object.keys(servers)
      .slice(0, 4)
      .map((name) => link(`${name} -> ns1`, "write-only"));
    const lines = findingLines(validateTopology({ servers, links: all }).filter(({ link: on }) => on));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain("4 findings like this, about 5 servers: ns1, web1, web2, web10, web100.");
  });

  test("[U] name sixty of more than sixty servers", () => {
    expect(findingLines(unlinked(61))[0]).toMatch(/about 61 servers: ns2, ns3, .*, ns61 and 1 more\. \[/);
  });

  test("[U] fit on a screen of 80 columns for 60 servers in four regions", () => {
    const findings = validateTopology(fourRegions());
    expect(findings.length).toBeGreaterThan(150);
    expect(findingLines(findings, 80).length).toBeLessThanOrEqual(60);
  });
});

describe("lines for a terminal", () => {
  test("[U] fit its width, break between words and are indented after the first", () => {
    const findings = unlinked(3);
    const lines = findingLines(findings, 40);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.slice(1).every((line) => /^ {4}\S/.test(line))).toBe(true);
    expect(lines.map((line) => line.trim()).join(" ")).toBe(findingLines(findings)[0]?.trim());
  });

  test("[U] keep a word whole that is wider than the terminal", () => {
    const wide = { ...(unlinked(1)[0] as Finding), servers: ["n".repeat(50)], message: "It is odd. So." };
    expect(findingLines([wide], 20)).toContain(`    ${"n".repeat(50)}:`);
  });
});

import type { TopologyInput } from "../../../provider/schema/topology";
import {
  isRejected,
  renderTopology,
  reportFindings,
  validateTopology,
  type Finding,
} from "../../../provider/topology";
import { chained, direct, directWith, dns, link, primary, web } from "../builders";

const finding: Finding = {
  rule: "sync-back",
  severity: "error",
  servers: ["ns1", "web1"],
  link: { from: "ns1", to: "web1" },
  message: "It is wrong. It goes wrong.",
  fix: "Mend it.",
};

test("[U] a single error among warnings rejects a plan", () => {
  const warning: Finding = { ...finding, severity: "warning" };
  expect([[], [warning], [finding], [warning, finding, warning]].map(isRejected)).toEqual([
    false,
    false,
    true,
    true,
  ]);
});

describe("a report", () => {
  test("[U] has a headline and one line for each finding that ends with the rule's id", () => {
    const other: Finding = { ...finding, severity: "warning", rule: "two-servers", servers: [] };
    delete other.link;
    expect(reportFindings([finding, other], "The plan is rejected:")).toBe(
      [
        "The plan is rejected:",
        "  error: ns1 -> web1: It is wrong. It goes wrong. Mend it. [sync-back]",
        "  warning: the cluster: It is wrong. It goes wrong. Mend it. [two-servers]",
      ].join("\n"),
    );
  });

  test("[U] prints the reason of an override", () => {
    const text = reportFindings([{ ...finding, reason: "until May" }], "Warnings:");
    expect(text).toMatch(/Mend it\. \(overridden: until May\) \[sync-back\]$/);
  });

  test("[U] names only some of many servers", () => {
    const servers = Array.from({ length: 12 }, (_, index) => `s${index}`);
    const many: Finding = { ...finding, servers };
    delete many.link;
    expect(reportFindings([many], "x")).toContain("error: s0, s1, s2, s3, s4, s5, s6, s7 and 4 more: It");
  });

  test("[U] draws only the part of the topology with findings", () => {
    const topology = directWith({ links: [...(direct.links ?? []), link("ns1 -> web1")] });
    const findings = validateTopology(topology).filter(({ rule }) => rule === "sync-back");
    expect(reportFindings(findings, "Rejected:", topology).split("\n").slice(2)).toEqual([
      "",
      "  direct links (2 web servers, 2 nameservers)",
      "",
      "  ns1 (DNSOnly)",
      "  └── sync ──> web1 (cPanel & WHM)",
      "      ! error sync-back",
      "      └── sync ──> ns1 (DNSOnly), see above",
    ]);
  });

  test("[U] draws what errors are about, or what warnings are about if there is no error", () => {
    const servers = { web1: web(10), ns1: dns(53), web2: web(11), ns2: dns(54) };
    const warned = { servers, links: [link("web1 -> ns1", "write-only"), link("web2 -> ns2")] };
    const warnings = validateTopology(warned).filter(({ rule }) => rule === "write-only-duplicates");
    const drawn = (findings: Finding[], topology: TopologyInput): string[] =>
      Object.keys(servers).filter((name) =>
        reportFindings(findings, "x", topology).split("\n\n").slice(2).join().includes(name),
      );
    expect(drawn(warnings, warned)).toEqual(["web1", "ns1"]);
    const both = { servers, links: [...warned.links, link("ns2 -> web2")] };
    const errors = validateTopology(both).filter(({ rule }) => rule === "sync-back");
    expect(drawn([...warnings, ...errors], both)).toEqual(["web2", "ns2"]);
  });

  test("[U] cuts a drawing so that the report has sixty lines, and notes it", () => {
    const cut = [25, 26, 27, 28].map((count) => {
      const names = Array.from({ length: count }, (_, number) => `ns${number}`);
      const topology = { servers: Object.fromEntries(names.map((name, number) => [name, dns(number)])) };
      const whole = renderTopology(topology, "text").split("\n");
      const findings = validateTopology(topology);
      const above = [...reportFindings(findings, "x").split("\n"), ""];
      const lines = reportFindings(findings, "x", topology).split("\n");
      const drawing = lines.slice(above.length).map((line) => line.trim());
      expect(lines.slice(0, above.length)).toEqual(above);
      expect(lines.length).toBe(Math.min(above.length + whole.length, 60));
      const isCut = drawing.at(-1) === "...";
      expect(drawing.slice(0, isCut ? -1 : undefined)).toEqual(
        whole.slice(0, drawing.length - Number(isCut)).map((line) => line.trim()),
      );
      return isCut;
    });
    expect(cut).toEqual([false, false, true, true]);
  });

  test("[U] has only a headline without findings", () => {
    expect(reportFindings([], "Accepted.", direct)).toBe("Accepted.");
  });

  test("[U] never contains a drawing of a thousand lines", () => {
    const servers = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`ns${index}`, dns(index)]));
    const lonely = { servers };
    expect(reportFindings(validateTopology(lonely), "Rejected:", lonely).split("\n")).toHaveLength(60);
  });

  test.each([
    ["primary", primary],
    ["chained", chained],
  ])("[U] has a drawing that fits a line for each finding: %s", (_name, topology) => {
    const findings = validateTopology(topology);
    const lines = reportFindings(findings, "Warnings:").split("\n");
    expect(lines).toHaveLength(findings.length + 1);
    lines.slice(1).forEach((line, index) => {
      expect(line.endsWith(` [${findings[index]?.rule}]`)).toBe(true);
    });
  });
});

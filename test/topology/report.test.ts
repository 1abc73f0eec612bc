import type { TopologyInput } from "../../provider/schema/topology";
import {
  isRejected,
  renderTopology,
  reportFindings,
  validateTopology,
  type Finding,
} from "../../provider/topology";
import { chained, direct, directWith, dns, link, primary, web } from "./builders";

const finding: Finding = {
  rule: "sync-back",
  severity: "error",
  servers: ["ns1", "web1"],
  link: { from: "ns1", to: "web1" },
  message: "It is wrong. It goes wrong.",
  fix: "Mend it.",
};

test("[U] one error among warnings rejects a plan", () => {
  const warning: Finding = { ...finding, severity: "warning" };
  expect([[], [warning], [finding], [warning, finding, warning]].map(isRejected)).toEqual([
    false,
    false,
    true,
    true,
  ]);
});

describe("a report", () => {
  test("[U] is a headline and one line a finding that ends in the rule's id", () => {
    const other: Finding = { ...finding, severity: "warning", rule: "two-servers", servers: [] };
    delete other.link;
    expect(reportFindings([finding, other], "The plan is rejected:")).toBe(
      [
        "The plan is rejected:",
        "  error: ns1 -> web1: It is wrong. It goes wrong. Mend it. via: sync-back",
        "  warning: the cluster: It is wrong. It goes wrong. Mend it. via: two-servers",
      ].join("\n"),
    );
  });

  test("[U] prints the reason of an override", () => {
    const text = reportFindings([{ ...finding, reason: "until May" }], "Warnings:");
    expect(text).toMatch(/Mend it\. \(overridden: until May\) via: sync-back$/);
  });

  test("[U] names only some of very many servers", () => {
    const servers = Array.from({ length: 12 }, (_, index) => `s${index}`);
    const many: Finding = { ...finding, servers };
    delete many.link;
    expect(reportFindings([many], "x")).toContain("error: s0, s1, s2, s3, s4, s5, s6, s7 and 4 more: It");
  });

  test("[U] draws the offending part of the topology and nothing else", () => {
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

  test("[U] draws what errors are about; what warnings are about only where there is no error", () => {
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

  test("[U] cuts a drawing after sixty lines and says so", () => {
    const clusters = [28, 29].flatMap((count) => {
      const names = Array.from({ length: count }, (_, number) => `ns${number}`);
      const servers = Object.fromEntries(names.map((name, number) => [name, dns(number)]));
      return [{ servers }, { servers: { ...servers, web1: web(99) } }];
    });
    const lengths = clusters.map((topology) => {
      const findings = validateTopology(topology);
      const whole = renderTopology(topology, "text");
      const lines = reportFindings(findings, "x", topology)
        .split("\n")
        .slice(findings.length + 2);
      expect(lines.map((line) => line.trim()).slice(0, 60)).toEqual(
        whole
          .split("\n")
          .slice(0, 60)
          .map((line) => line.trim()),
      );
      expect(lines.slice(60)).toEqual(whole.split("\n").length > 60 ? ["  ..."] : []);
      return whole.split("\n").length;
    });
    expect(lengths).toEqual([59, 60, 61, 62]);
  });

  test("[U] without findings is the headline alone", () => {
    expect(reportFindings([], "Accepted.", direct)).toBe("Accepted.");
  });

  test("[U] is no drawing of a thousand lines", () => {
    const servers = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`ns${index}`, dns(index)]));
    const lonely = { servers };
    expect(reportFindings(validateTopology(lonely), "Rejected:", lonely).split("\n").length).toBeLessThan(
      330,
    );
  });

  test.each([
    ["primary", primary],
    ["chained", chained],
  ])("[U] fits a line for each finding: %s", (_name, topology) => {
    const findings = validateTopology(topology);
    const lines = reportFindings(findings, "Warnings:").split("\n");
    expect(lines).toHaveLength(findings.length + 1);
    lines.slice(1).forEach((line, index) => {
      expect(line.endsWith(`via: ${findings[index]?.rule}`)).toBe(true);
    });
  });
});

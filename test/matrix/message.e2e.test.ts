import { startSimulator, type Simulator } from "../../provider/simulator";
import type { TopologyInput } from "../../provider/schema/topology";
import { validateDeclared, type Finding } from "../../provider/topology";
import { wordsOf } from "../../provider/topology/report/finding-text";
import { pulumiProjects } from "../helpers/pulumi";
import { dns, link, links, web } from "../topology/builders";
import { planOf, type Plan } from "./plan";
import { printedFindings, type PrintedFinding } from "./printed-findings";
import { programFiles } from "./program-files";
import { sampleOf } from "../helpers/sample";

const newProject = pulumiProjects();
jest.setTimeout(300_000);

const servers = { web1: web(10), ns1: dns(11), ns2: dns(12) };
const sound: TopologyInput = { servers, links: links("web1 -> ns1", "web1 -> ns2") };
const faulty: TopologyInput = {
  servers,
  links: [...links("web1 -> ns1", "web1 -> web1", "ns1 -> web1"), link("web1 -> ns2", "write-only")],
};

/** What a text ought to show of some findings. */
function shown(findings: readonly Finding[], severity: Finding["severity"]): PrintedFinding[] {
  return findings
    .filter((finding) => finding.severity === severity)
    .map((finding) => ({ severity, where: wordsOf(finding).place, rule: finding.rule }));
}

describe("the message of a rejection, with the real engine", () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ servers });
  });
  afterAll(() => simulator.stop());

  const preview = async (program: string, plan: Plan): Promise<{ code: number; text: string }> => {
    const project = await newProject({
      program: programFiles(program, plan),
      secrets: { "whm:servers": JSON.stringify(simulator.servers) },
    });
    const { code, stdout, stderr } = await project.preview();
    return { code, text: stdout + stderr };
  };

  test.each(
    sampleOf(
      [
        ["a cluster", "cluster", "The cluster prod is rejected", validateDeclared([faulty])],
        ["links one by one", "in-order", "The links are rejected", validateDeclared([], faulty)],
      ],
      1,
    ),
  )(
    "[E] has a headline, each finding once, and a drawing for %s",
    async (_what, program, headline, findings) => {
      const { code, text } = await preview(program, planOf(faulty));
      expect(code).not.toBe(0);
      const errors = printedFindings(text).filter(({ severity }) => severity === "error");
      expect(errors).toEqual(shown(findings, "error"));
      expect(errors.length).toBeGreaterThan(2);
      const [, report = ""] = text.split("Diagnostics:");
      expect(report.split(headline)).toHaveLength(2);
      expect(report).toMatch(/└── sync ──> web1[^]*! error sync-back/);
      expect(text).not.toMatch(/^\s+at .*[(:]/m);
    },
  );

  test("[E] shows each warning once for two clusters and the links beside them", async () => {
    const parts: TopologyInput[] = [
      { servers: { web1: web(10), ns1: dns(11) }, links: [link("web1 -> ns1", "write-only")] },
      { servers: { web2: web(20), ns3: dns(21) }, links: [link("web2 -> ns3", "write-only")] },
    ];
    const single: TopologyInput = {
      servers: { web3: web(30), ns4: dns(31) },
      links: [link("web3 -> ns4", "write-only")],
    };
    const { code, text } = await preview("clusters-and-links", { ...planOf(single), parts });
    expect(code).toBe(0);
    const expected = shown(validateDeclared(parts, single), "warning");
    expect(byPlace(printedFindings(text))).toEqual(byPlace(expected));
    expect(expected).toHaveLength(3);
  });

  test.each(sampleOf([["cluster"], ["in-order"]], 1))(
    "[E] prints the reason of an override (%s)",
    async (program) => {
      const rules = { "write-only-duplicates": { severity: "error" as const, reason: "zones exist twice" } };
      const circle: TopologyInput = {
        servers: { web1: web(10), web2: web(13), ns1: dns(11), ns2: dns(12) },
        links: links("web1 -> ns1", "web2 -> ns1", "web1 -> web2"),
        rules: { ...rules, "web-server-link": { severity: "warning", reason: "until the move in May" } },
      };
      const relaxed = await preview(program, planOf(circle));
      expect(relaxed.text).toMatch(
        /warning: web1 -> web2: .* \(overridden: until the move in May\) \[web-server-link\]/,
      );
      const sharpened = await preview(
        program,
        planOf({ servers, links: [link("web1 -> ns1", "write-only"), link("web1 -> ns2")], rules }),
      );
      expect(sharpened.code).not.toBe(0);
      expect(sharpened.text).toMatch(/error: .* \(overridden: zones exist twice\) \[write-only-duplicates\]/);
    },
  );

  const reason = "it is agreed";
  test.each(
    sampleOf(
      [
        [
          "a fixed rule",
          { "sync-back": { severity: "off", reason } },
          /rules\.sync-back: this rule is fixed and accepts no override/,
        ],
        [
          "an unknown rule",
          { "trusted-ips": { severity: "off", reason } },
          /rules\.trusted-ips: there is no such rule; did you mean trusted-ip\?/,
        ],
        ["a rule without a reason", { "trusted-ip": { severity: "off" } }, /trusted-ip\.reason: is missing/],
      ],
      1,
    ),
  )("[E] refuses an override of %s, in a cluster and in a provider", async (_what, rules, words) => {
    const plan = planOf(sound);
    for (const program of ["cluster", "in-order"]) {
      const { code, text } = await preview(program, {
        ...plan,
        whole: { ...plan.whole, rules: rules as never },
      });
      expect({ program, code: code !== 0 }).toEqual({ program, code: true });
      expect(text).toMatch(words);
      expect(text).not.toMatch(/^\s+at .*[(:]/m);
    }
  });
});

function byPlace(findings: readonly PrintedFinding[]): string[] {
  return findings.map(({ severity, where, rule }) => `${where} ${severity} ${rule}`).sort();
}

import type { Allowance } from "../../../provider/schema/risks";
import { riskChoices } from "../../../provider/schema/risks";
import { parseTopology } from "../../../provider/schema/topology";
import {
  compareChange,
  idleAllowances,
  judgeChange,
  reportRisks,
  standingAsDeclared,
} from "../../../provider/topology";
import type { Topology } from "../../../provider/schema/topology";
import { direct, links } from "../builders";

const change = compareChange({
  before: standingAsDeclared(direct as Topology),
  after: standingAsDeclared({ ...direct, links: links("web1 -> ns1", "web1 -> ns2") } as Topology),
  others: { servers: {}, links: [] },
  accepted: new Set(),
});
const now = Date.parse("2027-01-31T12:00:00Z");
const judge = (...allow: Allowance[]) => judgeChange(change, { allow }, { now });
const unfed = { risk: "web-server-without-nameserver", reason: "web2 is retired" } as const;

describe("an allowance", () => {
  test.each([
    ["without an end", undefined],
    ["on its last day", "2027-01-31"],
    ["until a time to come", "2027-01-31T12:00:01Z"],
  ])("[U] makes a risk a warning with the reason, %s", (_name, until) => {
    const findings = judge({ ...unfed, ...(until && { until }) });
    expect(findings[0]).toMatchObject({ severity: "warning", allowed: "web2 is retired" });
    expect(reportRisks(findings, "The change")).toMatch(
      /^ {2}warning: web2: .* \(allowed: web2 is retired\) \[web-server-without-nameserver\]$/m,
    );
  });

  test.each([
    ["of the day before", "2027-01-30"],
    ["of the same moment", "2027-01-31T12:00:00Z"],
  ])("[U] allows nothing once it has expired: %s", (_name, until) => {
    const findings = judge({ ...unfed, until });
    expect(findings[0]).toMatchObject({ severity: "error" });
    expect(idleAllowances({ allow: [{ ...unfed, until }] }, new Set([unfed.risk]), now)).toEqual([
      `allow web-server-without-nameserver (web2 is retired) has expired on ${until} and allows nothing: remove it, or give a later until.`,
    ]);
  });

  test("[U] allows no other risk, and is reported if no finding needs it", () => {
    const other = { risk: "many-changes", reason: "move" } as const;
    expect(judge(other)[0]).toMatchObject({ severity: "error" });
    expect(idleAllowances({ allow: [other, unfed] }, new Set([unfed.risk]), now)).toEqual([
      expect.stringContaining("allow many-changes (move) is not needed by this change"),
    ]);
    expect(idleAllowances({ allow: [other, unfed] }, undefined, now)).toEqual([]);
  });

  test("[U] counts even if another one of the same risk has expired", () => {
    expect(judge({ ...unfed, until: "2020-01-01" }, unfed)[0]).toMatchObject({ severity: "warning" });
  });
});

describe("the fields risks and allow", () => {
  test("[U] stand in a topology file", () => {
    const choices = {
      risks: { limits: { share: 0.5, links: 20 }, severities: { "stronger-role": "error" } },
      allow: [{ risk: "many-changes", reason: "move", until: "2027-01-31" }],
    };
    expect(parseTopology({ ...direct, ...choices })).toMatchObject(choices);
  });

  test.each([
    ["an unknown risk", { allow: [{ risk: "blast", reason: "x" }] }],
    ["a missing reason", { allow: [{ risk: "many-changes" }] }],
    ["an empty reason", { allow: [{ risk: "many-changes", reason: "" }] }],
    ["an end that is no day", { allow: [{ risk: "many-changes", reason: "x", until: "soon" }] }],
    ["an error that is lowered", { risks: { severities: { "many-changes": "warning" } } }],
    ["a warning that is turned off", { risks: { severities: { "stronger-role": "off" } } }],
    ["a share in per cent", { risks: { limits: { share: 30 } } }],
    ["no link at all", { risks: { limits: { links: 0 } } }],
    ["an unknown limit", { risks: { limits: { zones: 3 } } }],
  ])("[U] refuse %s", (_name, choices) => {
    expect(riskChoices.safeParse(choices).success).toBe(false);
  });
});

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { riskIds } from "../../../provider/schema/risks";
import { risks } from "../../../provider/topology";
import { direct, dns, link, links, web } from "../builders";
import { fleet, judged, riskCases, type JudgedChange } from "./risk-cases";

const folder = join(__dirname, "../../../provider/topology/risks");
const ids = (change: JudgedChange): string[] => judged(change).map(({ risk }) => risk);

describe.each(risks)("$id", ({ id, severity, consequence }) => {
  const cases = riskCases[id];
  const found = (change: JudgedChange) => judged(change).filter(({ risk }) => risk === id);

  test("[U] accepts a change that is close to it", () => {
    expect(found(cases.accepted)).toEqual([]);
  });

  test("[U] is found once, with the table's severity and in complete sentences", () => {
    const findings = found(cases.rejected);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ risk: id, severity });
    expect(findings[0]!.message).toMatch(/^\S.*[^.]\. .+[^.]\.$/);
    expect(findings[0]!.message).toContain(consequence);
    expect(findings[0]!.fix).toMatch(/^[A-Z].*[^.]\.$/);
  });

  test("[U] is found at each place, but the many changes of a cluster are one finding", () => {
    expect(found(cases.twice)).toHaveLength(id === "many-changes" ? 1 : 2);
  });
});

describe("the table of risks", () => {
  test("[U] has each id once, in the order of the schema, in a file of its name", () => {
    expect(risks.map(({ id }) => id)).toEqual([...riskIds]);
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(riskIds.map((id) => `${id}.ts`)));
  });

  test("[U] rejects four kinds of changes and warns of two", () => {
    expect(risks.filter(({ severity }) => severity === "warning").map(({ id }) => id)).toEqual([
      "stronger-role",
      "sync-member-removed",
    ]);
  });
});

describe("a change without risk", () => {
  const everyLinkReadded = links("web1 -> ns1", "web1 -> ns2", "web2 -> ns1", "web2 -> ns2");
  test.each<[string, JudgedChange]>([
    ["is none at all", { before: direct, after: direct }],
    ["is a first creation", { before: { ...direct, links: [] }, after: direct }],
    ["adds any number of links", { before: fleet(5), after: fleet(20) }],
    [
      "renames every server",
      {
        before: direct,
        after: {
          servers: { w1: web(10), w2: web(11), n1: dns(53), n2: dns(54) },
          links: links("w1 -> n1", "w1 -> n2", "w2 -> n1", "w2 -> n2"),
        },
      },
    ],
    [
      "lists links in another order",
      { before: direct, after: { ...direct, links: everyLinkReadded.reverse() } },
    ],
    [
      "drains one nameserver of two, in a large cluster",
      {
        before: fleet(5),
        after: { ...fleet(5), servers: { ...fleet(5).servers, ns1: dns(53, { drain: { reason: "disk" } }) } },
      },
    ],
    [
      "ends a drain",
      {
        before: { ...direct, servers: { ...direct.servers, ns1: dns(53, { drain: { reason: "disk" } }) } },
        after: direct,
      },
    ],
    [
      "moves a server that is accepted as another machine",
      {
        before: direct,
        after: { ...direct, servers: { ...direct.servers, ns1: dns(60) } },
        accepted: ["ns1"],
      },
    ],
  ])("[U] %s", (_name, change) => {
    expect(ids(change)).toEqual([]);
  });
});

describe("a web server without a nameserver", () => {
  const leaving: JudgedChange = {
    before: direct,
    after: {
      servers: { web1: web(10), ns1: dns(53), ns2: dns(54) },
      links: links("web1 -> ns1", "web1 -> ns2"),
    },
  };

  test("[U] is also one that leaves the cluster, under the name that it had", () => {
    const [finding] = judged(leaving);
    expect(finding).toMatchObject({ risk: "web-server-without-nameserver", servers: ["web2"] });
    expect(finding!.message).toContain("web2 sends its zones to ns1 and ns2");
  });

  test("[U] is none that others still feed to a nameserver", () => {
    const others = {
      servers: { there: web(11), far: dns(99) },
      links: [{ from: "there", to: "far" }],
    };
    expect(ids({ ...leaving, others })).not.toContain("web-server-without-nameserver");
  });

  test("[U] is one whose nameservers are all drained, because drains stop zones too", () => {
    const drain = { reason: "disk" };
    const drained = {
      ...direct,
      servers: { ...direct.servers, ns1: dns(53, { drain }), ns2: dns(54, { drain }) },
    };
    expect(ids({ before: direct, after: drained })).toEqual([
      "web-server-without-nameserver",
      "web-server-without-nameserver",
    ]);
    expect(ids({ before: drained, after: { ...drained, rules: {} } })).toEqual([]);
  });

  test("[U] is none behind an intermediary that stays", () => {
    const before = {
      servers: { web1: web(10), ns1: dns(53, { intermediary: true }), ns2: dns(54) },
      links: links("web1 -> ns1", "ns1 -> ns2"),
    };
    expect(ids({ before, after: { ...before, links: links("web1 -> ns1") } })).toEqual([
      "sync-member-removed",
    ]);
  });
});

describe("links that keep their place", () => {
  test("[U] are not removed if another declaration or stack has them", () => {
    const others = { servers: {}, links: [{ from: "192.0.2.11", to: "192.0.2.54" }] };
    const after = { ...direct, links: links("web1 -> ns1", "web1 -> ns2", "web2 -> ns1") };
    expect(ids({ before: direct, after })).toEqual(["sync-member-removed"]);
    expect(ids({ before: direct, after, others })).toEqual([]);
  });

  test("[U] of a moved server count as one change of identity, not as many changes", () => {
    const after = { ...fleet(6), servers: { ...fleet(6).servers, ns1: dns(60) } };
    expect(ids({ before: fleet(6), after })).toEqual(["identity-changed"]);
  });

  test("[U] follow names that two servers exchange, of which both are reported", () => {
    const after = { ...direct, servers: { ...direct.servers, web1: web(11), web2: web(10) } };
    expect(ids({ before: direct, after })).toEqual(["identity-changed", "identity-changed"]);
  });
});

describe("the settings of risks", () => {
  const many = riskCases["many-changes"];

  test("[U] set the share and the number of links", () => {
    const size = (risks: JudgedChange["risks"], change: JudgedChange) =>
      ids({ ...change, ...(risks && { risks }) }).includes("many-changes");
    expect(size({ limits: { share: 0.4 } }, many.rejected)).toBe(false);
    expect(size({ limits: { share: 0.2 } }, many.accepted)).toBe(true);
    expect(size({ limits: { links: 11 } }, many.rejected)).toBe(false);
    expect(size({ limits: { share: 0, links: 1 } }, riskCases["stronger-role"].rejected)).toBe(true);
    expect(
      size(undefined, { before: fleet(4), after: fleet(4, ["web1 -> ns2", "web2 -> ns2", "web3 -> ns2"]) }),
    ).toBe(false);
  });

  test("[U] raise warnings to errors", () => {
    const raised = { severities: { "sync-member-removed": "error", "stronger-role": "error" } } as const;
    for (const id of ["sync-member-removed", "stronger-role"] as const) {
      const findings = judged({ ...riskCases[id].rejected, risks: raised });
      expect(findings.filter(({ risk }) => risk === id).map(({ severity }) => severity)).toEqual(["error"]);
    }
  });

  test("[U] say how many links change, which ones, and the limit", () => {
    const [finding] = judged(many.twice);
    expect(finding!.message).toContain(
      "4 of 10 links are changed or removed (40 %), and at most 30 % may be;",
    );
    expect(finding!.message).toContain("removed: web1 -> ns2 and web2 -> ns2;");
    expect(finding!.message).toContain("web3 -> ns2 from sync to write-only");
    expect(link("web4 -> ns2", "standalone").role).toBe("standalone");
  });
});

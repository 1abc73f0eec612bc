import type { TopologyInput } from "../../../provider/schema/topology";
import { TopologyError, validateDeclared, type Finding, type RuleId } from "../../../provider/topology";
import { direct, dns, link, links, primary, web } from "../builders";

const east: TopologyInput = {
  servers: { web1: web(10), ns1: dns(53), ns2: dns(54) },
  links: links("web1 -> ns1", "web1 -> ns2"),
};
const west: TopologyInput = { servers: { web2: web(11), ns3: dns(55) }, links: links("web2 -> ns3") };
const reason = "agreed";

function of(rule: RuleId, findings: Finding[]): Finding[] {
  return findings.filter((finding) => finding.rule === rule);
}

describe("everything that a program declares", () => {
  test("[U] is accepted if each cluster is", () => {
    expect(validateDeclared([east, west])).toEqual([]);
    expect(validateDeclared([])).toEqual([]);
  });

  test("[U] is judged cluster by cluster for a rule about a cluster", () => {
    const findings = validateDeclared([east, { servers: { ns3: dns(55), ns4: dns(56) } }]);
    expect(of("cpanel-present", findings).map(({ servers }) => servers)).toEqual([["ns3", "ns4"]]);
    expect(of("nameserver-coverage", findings)).toEqual([]);
  });

  test("[U] has one server for one name with one address", () => {
    const other: TopologyInput = { servers: { web2: web(11), ns1: dns(53) }, links: links("web2 -> ns1") };
    expect(validateDeclared([east, other])).toEqual([]);
  });

  test("[U] is refused for one machine with two names in two clusters", () => {
    const other: TopologyInput = { servers: { web2: web(11), nsA: dns(53) }, links: links("web2 -> nsA") };
    expect(of("duplicate-server", validateDeclared([east, other]))[0]?.servers).toEqual(["ns1", "nsA"]);
  });

  test("[U] keeps servers with one name and different addresses separate under qualified names", () => {
    const other: TopologyInput = {
      servers: { web1: web(20), ns1: dns(63) },
      links: [link("web1 -> ns1"), link("web1 -> ns1")],
    };
    const [finding] = of("duplicate-link", validateDeclared([east, other]));
    expect(finding).toMatchObject({ link: { from: "web1<2>", to: "ns1<2>" } });
  });

  test("[U] does not treat an unknown address as a different server", () => {
    const other: TopologyInput = {
      servers: { web1: { type: "cpanel" }, ns1: dns(53) },
      links: links("web1 -> ns1"),
    };
    expect(of("duplicate-link", validateDeclared([east, other]))).toHaveLength(1);
  });

  test("[U] is refused for a circle that only two clusters together close", () => {
    const there: TopologyInput = { ...primary, servers: { ...primary.servers, ns2: dns(54) } };
    const back: TopologyInput = {
      servers: { web9: web(9), ns1: dns(53), ns2: dns(54) },
      links: links("web9 -> ns2", "ns2 -> ns1"),
    };
    expect(of("feeding-cycle", validateDeclared([there, back]))[0]?.servers).toEqual(["ns1", "ns2"]);
  });

  test("[U] gets derived values for what each cluster leaves out", () => {
    const given: TopologyInput = {
      ...west,
      apiTokens: [{ server: "ns3", users: ["web2"], whitelistIps: ["192.0.2.11"] }],
    };
    expect(validateDeclared([east, given])).toEqual([]);
    expect(of("missing-token", validateDeclared([east, { ...west, apiTokens: [] }]))).toHaveLength(1);
  });

  test("[U] may repeat a derived address in two clusters, but not a given one", () => {
    const list = { trustedAddresses: { web1: ["192.0.2.53", "192.0.2.54"] } };
    expect(of("duplicate-trusted-ip", validateDeclared([east], { ...west, ...list }))).toEqual([]);
    expect(
      of("duplicate-trusted-ip", validateDeclared([{ ...east, ...list }], { ...east, ...list })),
    ).toHaveLength(2);
  });

  test("[U] is refused with the malformed parts of all clusters at once", () => {
    const rules = { nonsense: { severity: "off" as const, reason } };
    const judge = (): Finding[] =>
      validateDeclared([{ ...east, rules }, { servers: { x: dns(1, { nameserver: false }) } }], {
        ...west,
        rules,
      });
    expect(judge).toThrow(TopologyError);
    expect(judge).toThrow(/nonsense[^]*servers\.x\.nameserver/);
  });
});

describe("links that are declared one by one", () => {
  test("[U] are judged by their connected parts, without unused servers", () => {
    const servers = { ...direct.servers, spare: dns(99, { version: "9" }), ...west.servers };
    expect(
      validateDeclared([], {
        servers,
        links: [...(direct.links ?? []), ...links("web2 -> ns3", "web1 -> ns3")],
      }),
    ).toEqual([]);
    const findings = validateDeclared([], { servers, links: links("web1 -> ns1", "ns3 -> ns2") });
    expect(of("cpanel-present", findings).map((finding) => finding.servers)).toEqual([["ns2", "ns3"]]);
  });

  test("[U] include a server that only a token or an address list uses", () => {
    const servers = { ...east.servers, old: dns(99, { version: "9" }) };
    expect(
      of("supported-version", validateDeclared([], { ...east, servers, apiTokens: [{ server: "old" }] })),
    ).toHaveLength(1);
  });

  test("[U] are judged together with the clusters", () => {
    const findings = validateDeclared([east], { servers: east.servers, links: links("web1 -> ns1") });
    expect(of("duplicate-link", findings)).toHaveLength(1);
  });
});

describe("overrides of several clusters", () => {
  const circle = (rules: TopologyInput["rules"]): TopologyInput => ({
    servers: { web1: web(10), ns1: dns(53, { intermediary: true }), ns2: dns(54, { intermediary: true }) },
    links: links("web1 -> ns1", "ns1 -> ns2", "ns2 -> ns1"),
    ...(rules && { rules }),
  });
  const relaxed = circle({ "feeding-cycle": { severity: "warning", reason } });

  test("[U] apply to the findings of their own cluster", () => {
    const severities = of("feeding-cycle", validateDeclared([relaxed, west])).map(({ severity }) => severity);
    expect(severities).toEqual(["warning"]);
  });

  test("[U] do not relax the rules of another cluster", () => {
    const half: TopologyInput = { ...circle(undefined), links: links("web1 -> ns2", "ns2 -> ns1") };
    const other: TopologyInput = { ...relaxed, links: links("web1 -> ns1", "ns1 -> ns2") };
    const severities = of("feeding-cycle", validateDeclared([other, half])).map(({ severity }) => severity);
    expect(severities).toEqual(["error"]);
  });

  test("[U] apply to a rule about a cluster in that cluster alone", () => {
    const lonely: TopologyInput = {
      servers: { web5: web(15), web6: web(16), ns5: dns(65) },
      links: [link("web5 -> ns5"), link("web6 -> ns5", "standalone")],
    };
    const rules = { "web-server-fed": { severity: "off" as const, reason } };
    const other: TopologyInput = {
      servers: { web7: web(17), web8: web(18), ns7: dns(67) },
      links: [link("web7 -> ns7"), link("web8 -> ns7", "standalone")],
      rules,
    };
    expect(of("web-server-fed", validateDeclared([lonely, other])).map(({ servers }) => servers)).toEqual([
      ["web6"],
    ]);
  });

  test("[U] count only from clusters that link the servers, not from one that only declares them", () => {
    const bystander: TopologyInput = {
      servers: { web9: web(19), ns1: dns(53, { intermediary: true }), ns4: dns(56) },
      links: links("web9 -> ns1", "ns1 -> ns4"),
    };
    const severities = of("feeding-cycle", validateDeclared([bystander, relaxed])).map(
      ({ severity }) => severity,
    );
    expect(severities).toEqual(["warning"]);
  });

  test("[U] use the strictest severity if they differ", () => {
    const half = (ends: string[], severity?: "warning" | "off"): TopologyInput => ({
      ...circle(severity && { "feeding-cycle": { severity, reason: severity } }),
      links: links(...ends),
    });
    const severitiesOf = (first?: "warning" | "off", second?: "warning" | "off"): string[] => {
      const parts = [half(["web1 -> ns1", "ns1 -> ns2"], first), half(["ns2 -> ns1"], second)];
      return of("feeding-cycle", validateDeclared(parts)).map(({ severity }) => severity);
    };
    expect(severitiesOf("off", "warning")).toEqual(["warning"]);
    expect(severitiesOf("warning", "off")).toEqual(["warning"]);
    expect(severitiesOf("off", undefined)).toEqual(["error"]);
    expect(severitiesOf("off", "off")).toEqual([]);
  });

  describe("for a server without links", () => {
    const token = [{ server: "ns1", acls: ["all"] }];
    const off = { "token-scope": { severity: "off" as const, reason } };
    const scopes = (...parts: TopologyInput[]): number => of("token-scope", validateDeclared(parts)).length;

    test("[U] count from the clusters that declare it", () => {
      const given = { ...east, apiTokens: token, rules: off };
      expect(scopes({ ...given, rules: {} })).toBe(1);
      expect(scopes(given)).toBe(0);
      expect(scopes(given, west)).toBe(0);
      expect(scopes(given, { servers: { web3: web(13), ns1: dns(53) }, links: links("web3 -> ns1") })).toBe(
        1,
      );
    });

    test("[U] count only if all clusters agree when nobody declares it", () => {
      const given = { ...east, apiTokens: [{ server: "nowhere" }], rules: off };
      expect(scopes(given)).toBe(0);
      expect(scopes(given, west)).toBe(1);
    });
  });
});

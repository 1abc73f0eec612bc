import type { TopologyInput } from "../../provider/schema/topology";
import { betweenWebServers, gate, resource, startPack, topology, withUnknown } from "./stack";

const relaxed = { "web-server-link": { severity: "warning", reason: "until the move is over" } } as const;
const accepted = { programOverrides: "accepted" };

describe("the policy link-rules", () => {
  test("[U] reports nothing for a cluster that follows the rules, and no warnings", () => {
    const pack = startPack();
    const prod = gate("prod", topology());
    expect([pack.resource(prod), pack.stack([prod])]).toEqual([[], []]);
  });

  test("[U] lists all errors of a gate at once, with their rules and a drawing", () => {
    const [violation, ...others] = startPack().resource(
      gate("prod", topology([betweenWebServers, { from: "ns1", to: "web1", role: "sync" }])),
    );
    expect(others).toEqual([]);
    expect(violation!.urn).toContain("::prod");
    expect(violation!.text).toMatch(/^The link rules reject prod\.\n/);
    expect(violation!.text).toContain("[web-server-link]");
    expect(violation!.text).toContain("[sync-back]");
    expect(violation!.text.split("]").at(-1)).toContain("web1");
  });

  test("[U] does not let a program relax a rule, and reports it", () => {
    const [violation] = startPack().resource(gate("prod", topology([betweenWebServers], relaxed)));
    expect(violation!.text).toContain(
      "The program overrides web-server-link, and the policy pack accepts no",
    );
    expect(violation!.text).toContain("[web-server-link]");
  });

  test("[U] lets a program relax a rule where the organisation permits it", () => {
    const prod = gate("prod", topology([betweenWebServers], relaxed));
    expect(startPack(accepted).resource(prod)).toEqual([]);
  });

  test("[U] lets the organisation relax a rule for every program, and make a warning an error", () => {
    const writeOnly = topology([{ ...betweenWebServers, role: "write-only" }]);
    expect(startPack({ rules: relaxed }).resource(gate("prod", writeOnly))).toEqual([]);
    const rules = { ...relaxed, "write-only-duplicates": { severity: "error", reason: "never here" } };
    const [violation] = startPack({ rules }).resource(gate("prod", writeOnly));
    expect(violation!.text).toContain("(overridden: never here) [write-only-duplicates]");
  });

  test("[U] lets the organisation forbid a server that is declared with a cluster but not linked", () => {
    const spare = { ns9: { type: "dnsonly" as const, address: "192.0.2.59" } };
    const prod = gate("prod", topology(), { unlinked: spare });
    expect(startPack().resource(prod)).toEqual([]);
    const rules = { "unlinked-server": { severity: "error", reason: "no spares" } };
    const [violation] = startPack({ rules }).resource(prod);
    expect(violation!.text).toContain("error: ns9: ");
  });

  test("[U] lets the organisation decide over a permitted override", () => {
    const rules = { "web-server-link": { severity: "error", reason: "not with us" } };
    const prod = gate("prod", topology([betweenWebServers], relaxed));
    const [violation] = startPack({ ...accepted, rules }).resource(prod);
    expect(violation!.text).toContain("not with us");
    expect(violation!.text).not.toContain("The program overrides");
  });

  test("[U] judges a gate together with those before it, and reports each finding once", () => {
    const pack = startPack();
    const { servers } = topology();
    const first = gate("first", topology());
    const second = gate("second", {
      servers: { ...servers, ns2: { type: "dnsonly", address: "192.0.2.54" } },
      links: [
        { from: "web1", to: "ns2", role: "sync" },
        { from: "web1", to: "ns1", role: "write-only" },
      ],
    });
    expect(pack.resource(first)).toEqual([]);
    const [violation] = pack.resource(second);
    expect(violation!.text).toContain("[duplicate-link]");
    expect(violation!.urn).toBe(second.urn);
    expect(pack.resource(second)).toEqual([]);
    expect(pack.stack([first, second])).toEqual([]);
  });

  test("[U] judges at the end what was not checked with each resource", () => {
    const prod = gate("prod", topology([betweenWebServers]));
    expect(
      startPack()
        .stack([prod])
        .map(({ text }) => text),
    ).toEqual([expect.stringContaining("[web-server-link]")]);
  });

  test("[U] treats the gates of links declared one by one as one declaration of many clusters", () => {
    const pack = startPack();
    const links = topology();
    links.servers = {
      ...links.servers,
      web3: { type: "cpanel", address: "192.0.2.13" },
      ns3: { type: "dnsonly", address: "192.0.2.55" },
    };
    links.links!.push({ from: "web3", to: "ns3", role: "sync" });
    for (const name of ["links", "links-2"]) {
      expect(pack.resource(gate(name, links, { linkByLink: true }))).toEqual([]);
    }
    expect(pack.resource(gate("prod", topology([betweenWebServers])))).not.toEqual([]);
  });

  test("[U] judges the gates of links declared with several providers together", () => {
    const pack = startPack();
    const chain = (from: string, to: string): TopologyInput => ({
      servers: {
        [`web-${from}`]: { type: "cpanel", address: from === "ns1" ? "192.0.2.10" : "192.0.2.11" },
        ns1: { type: "dnsonly", address: "192.0.2.53", intermediary: from === "ns1" },
        ns2: { type: "dnsonly", address: "192.0.2.54", intermediary: from === "ns2" },
      },
      links: [
        { from: `web-${from}`, to: from, role: "sync" },
        { from, to, role: "sync" },
      ],
    });
    const [first, second] = [chain("ns1", "ns2"), chain("ns2", "ns1")];
    expect(pack.resource(gate("links", first, { linkByLink: true }))).toEqual([]);
    const violations = pack.resource(gate("links-2", second, { linkByLink: true }));
    expect(violations.map(({ text }) => text).join()).toContain("[feeding-cycle]");
  });

  test("[U] treats a value that is unknown at a preview as a violation", () => {
    const later = withUnknown(gate("prod", topology()), "topology");
    const pack = startPack({}, (name) => name === "link-rules");
    const violations = pack.resource(later);
    expect(violations.map(({ text }) => text)).toEqual([
      "prod cannot be judged. string value at .topology can't be known during preview. Give servers, links and trusts plain values.",
    ]);
    expect(pack.stack([later])).toEqual([]);
  });

  test("[U] treats a malformed topology as a violation, and still judges the others", () => {
    const pack = startPack();
    const malformed = resource(gate("x", topology()).type, "odd", {
      topology: { servers: 3, links: "none" },
    });
    const [violation] = pack.resource(malformed);
    expect(violation!.text).toMatch(/^odd cannot be judged\. The topology of odd is malformed:\n/);
    expect(pack.resource(gate("prod", topology([betweenWebServers])))).not.toEqual([]);
  });

  test("[U] ignores a gate that --target leaves out before it is created", () => {
    expect(startPack().resource(resource(gate("x", topology()).type, "new", {}))).toEqual([]);
  });

  test.each([
    [{ rules: { "web-server-lnk": relaxed["web-server-link"] } }, "did you mean web-server-link?"],
    [
      { rules: { "sync-back": { severity: "off", reason: "x" } } },
      "this rule is fixed and accepts no override",
    ],
    [{ rules: { "web-server-link": { severity: "off" } } }, "rules.web-server-link.reason: "],
    [{ programOverrides: "some" }, "programOverrides: must be refused or accepted"],
    [{ programOverride: "accepted" }, "programOverride"],
  ])("[U] reports settings such as %j once, at the first resource", (settings, text) => {
    const pack = startPack(settings);
    const stack = resource("pulumi:pulumi:Stack", "test", {});
    const violations = pack.resource(stack);
    expect(violations).toHaveLength(1);
    expect(violations[0]!.text).toContain("The configuration of the policy pack is malformed:");
    expect(violations[0]!.text).toContain(text);
    expect(pack.resource(gate("prod", topology([betweenWebServers])))).toEqual([]);
    expect(pack.stack([stack])).toEqual([]);
  });
});

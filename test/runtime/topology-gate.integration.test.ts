import { cleanFailure } from "../helpers/failed-write";
import { everyFile, managedServers } from "../helpers/managed-servers";
import { changes, type CreatedResource } from "../helpers/provider-process";
import { ns1Entry } from "../helpers/server-files";

type Values = CreatedResource["properties"];

const managed = managedServers();
const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const accepted = {
  servers: {
    web1: { type: "cpanel", address: "192.0.2.10", hostname: "web1.example.com" },
    ns1: { type: "dnsonly", address: "192.0.2.11", hostname: "ns1.example.com" },
  },
  links: [{ from: "web1", to: "ns1", role: "sync" }],
};
const feedback = { ...accepted, links: [...accepted.links, { from: "ns1", to: "web1", role: "sync" }] };
const gate = (topology: object): Values => ({ topology: topology as Values });

describe("the gate", () => {
  test("[I] accepts a cluster that follows the rules, and leaves nothing on the servers after its deletion", async () => {
    const { failures, inputs } = await managed.provider.check("TopologyGate", gate(accepted));
    expect(failures).toEqual([]);
    const before = everyFile(managed.simulator);
    const made = await managed.provider.create("TopologyGate", inputs);
    expect(made.properties["topology"]).toMatchObject({ links: accepted.links });
    await managed.provider.update("TopologyGate", made, inputs);
    const [announced] = managed.simulator.files("web1").list("/var/cpanel/.pulumi-whm");
    expect(JSON.parse(managed.simulator.files("web1").read(announced!)!)).toMatchObject({
      owner: "organization/project/stack",
      links: [{ address: "192.0.2.11", role: "sync" }],
    });
    await managed.provider.delete(made);
    expect(everyFile(managed.simulator)).toEqual(before);
  });

  test("[I] rejects at check with all findings and without a property, because its value would be printed", async () => {
    const { failures } = await managed.provider.check("TopologyGate", gate(feedback));
    expect(failures).toHaveLength(1);
    expect(failures[0]!.property).toBe("");
    expect(failures[0]!.reason).toContain("[sync-back]");
    expect(failures[0]!.reason).toContain("[feeding-cycle]");
  });

  test("[I] rejects at create and update too, because the engine may skip the check", async () => {
    expect(await cleanFailure(managed.provider.create("TopologyGate", gate(feedback)))).toContain(
      "[sync-back]",
    );
    const made = await managed.provider.create("TopologyGate", gate(accepted));
    const update = managed.provider.update("TopologyGate", made, gate(feedback));
    expect(await cleanFailure(update)).toContain("[sync-back]");
  });

  test.each([
    ["a topology that is not an object", "none", "topology"],
    ["an unknown field", { ...accepted, nodes: [] }, "nodes"],
    ["an unknown rule", { ...accepted, rules: { "no-rule": { severity: "off", reason: "x" } } }, "no-rule"],
    [
      "an override of a fixed rule",
      { ...feedback, rules: { "sync-back": { severity: "off", reason: "x" } } },
      "sync-back",
    ],
    [
      "an override without a reason",
      { ...accepted, rules: { "nameserver-link": { severity: "off" } } },
      "reason",
    ],
  ])("[I] rejects %s at check", async (_name, topology, said) => {
    const { failures } = await managed.provider.check("TopologyGate", { topology: topology as Values });
    expect(failures.map(({ property }) => property)).toEqual([""]);
    expect(failures[0]!.reason).toContain(said);
  });

  test("[I] is updated in place, and only if the topology differs", async () => {
    const made = await managed.provider.create("TopologyGate", gate(accepted));
    const other = gate({ ...accepted, trusts: [] });
    expect(await managed.provider.diff("TopologyGate", made, gate(accepted))).toEqual({
      changes: changes.none,
      replaces: [],
    });
    expect(await managed.provider.diff("TopologyGate", made, other)).toEqual({
      changes: changes.unknown,
      replaces: [],
    });
  });

  test.each([
    ["the topology", unknownValue],
    ["all servers", { ...accepted, servers: unknownValue }],
    ["one server", { ...accepted, servers: { ...accepted.servers, ns1: unknownValue } }],
    [
      "an address",
      { ...accepted, servers: { ...accepted.servers, ns1: { type: "dnsonly", address: unknownValue } } },
    ],
    ["all links", { ...accepted, links: unknownValue }],
    ["one link", { ...accepted, links: [unknownValue] }],
    ["an end of a link", { ...accepted, links: [{ from: "web1", to: unknownValue, role: "sync" }] }],
  ])("[I] waits while %s is unknown", async (_name, topology) => {
    const made = await managed.provider.create("TopologyGate", gate(accepted));
    const news = { topology: topology as Values };
    expect(await managed.provider.check("TopologyGate", news)).toMatchObject({ failures: [], inputs: news });
    expect(await managed.provider.diff("TopologyGate", made, news)).toEqual({
      changes: changes.unknown,
      replaces: [],
    });
  });
});

describe("the gate, with a link whose role ignoreChanges keeps", () => {
  const kept = (topology: object): Values => ({ ...gate(topology), kept: [{ from: "web1", to: "ns1" }] });
  const writeOnly = { ...accepted, links: [{ from: "web1", to: "ns1", role: "write-only" }] };

  test("[I] lets a link pass that does not exist yet: it is made as declared", async () => {
    await managed.provider.create("TopologyGate", kept(accepted));
  });

  test("[I] lets a link pass that somebody has removed, if the state keeps the declared role", async () => {
    const made = await managed.provider.create("TopologyGate", kept(accepted));
    await managed.provider.update("TopologyGate", made, kept({ ...accepted, trusts: [] }));
    const update = managed.provider.update("TopologyGate", made, kept(writeOnly));
    expect(await cleanFailure(update)).toContain("the role sync would stay");
  });

  test("[I] refuses another role than the server stores, also standalone", async () => {
    managed.simulator.files("web1").write(ns1Entry.file, "#version 2.0\nuser=root\nmodule=cPanel\n");
    managed.simulator.files("web1").write(ns1Entry.role, "standalone");
    const create = managed.provider.create("TopologyGate", kept(accepted));
    expect(await cleanFailure(create)).toContain(
      "web1 -> ns1: the rules judged the role sync, but the role standalone would stay.",
    );
  });
});

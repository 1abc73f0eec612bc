import { cleanFailure } from "../../helpers/failed-write";
import { managedServers, withManagedServers } from "../../helpers/managed-servers";
import type { CreatedResource } from "../../helpers/provider-process";
import { journalButSigns, memberFile, writes } from "../../helpers/server-files";

type Values = CreatedResource["properties"];

const options = {
  web1: { type: "cpanel" },
  ns1: { type: "dnsonly" },
  ns2: { type: "dnsonly" },
  ns3: { type: "dnsonly" },
} as const;
const addresses = { web1: "192.0.2.10", ns1: "192.0.2.11", ns2: "192.0.2.12", ns3: "192.0.2.13" };
type Name = keyof typeof addresses;

const managed = managedServers(options);

function server(name: Name): object {
  return { ...options[name], address: addresses[name], hostname: `${name}.example.com` };
}

/** What a gate is given: servers at the ends of the links, and the links. */
function gate(pairs: [Name, Name][], more: object = {}): Values {
  const names = [...new Set(pairs.flat())];
  const links = pairs.map(([from, to]) => ({ from, to, role: "sync" }));
  const topology = { servers: Object.fromEntries(names.map((name) => [name, server(name)])), links };
  return { topology, ...more };
}

/** Somebody has linked two servers by hand. */
function hold(from: Name, to: Name, role = "sync", on = managed.simulator): void {
  on.files(from).write(memberFile(addresses[to]), "#version 2.0\nuser=root\npass=X\nmodule=cPanel\n");
  on.files(from).write(`${memberFile(addresses[to])}-dnsrole`, role);
}

const direct = gate([["web1", "ns1"]]);

describe("a gate and the live links", () => {
  test("[I] refuses a cluster if its nameserver already feeds the web server, and writes nothing", async () => {
    hold("ns1", "web1");
    const said = await cleanFailure(managed.provider.create("TopologyGate", direct));
    expect(said).toContain(
      "rejected together with live links that the servers already hold: ns1 -> web1 (sync)",
    );
    expect(said).toContain("[feeding-cycle]");
    expect(said).toContain("web1 (cPanel & WHM)");
    expect(writes(managed.simulator)).toEqual([]);
  });

  test("[I] finds a circle through servers that the cluster does not declare", async () => {
    hold("ns1", "ns2");
    hold("ns2", "ns3");
    hold("ns3", "web1", "write-only");
    expect(await cleanFailure(managed.provider.create("TopologyGate", direct))).toContain(
      "ns1 -> ns2 -> ns3 -> web1 -> ns1: is a circle",
    );
  });

  test("[I] recognises a server that another stack has announced under its public address", async () => {
    const announced = {
      format: 1,
      owner: "organization/another/prod",
      resource: "links",
      nameserver: true,
      links: [{ address: "10.0.0.10", publicAddress: addresses.web1, role: "sync" }],
    };
    const register = "/var/cpanel/.pulumi-whm";
    const file = `${register}/links.0123456789abcdef.json`;
    let beats = 0;
    const announce = (): void =>
      managed.simulator.files("ns1").write(file, JSON.stringify(announced) + " ".repeat(beats++), 0o600);
    announce();
    const pulse = setInterval(announce, 300);
    const ours = { ...direct, logicalName: "organization/project/prod/links" };
    const said = await cleanFailure(managed.provider.create("TopologyGate", ours)).finally(() =>
      clearInterval(pulse),
    );
    expect(said).toContain("the stack organization/another/prod has announced");
    expect(said).toContain("[feeding-cycle]");
    expect(writes(managed.simulator).filter((line) => !line.includes(register))).toEqual([]);
  });

  test("[I] accepts a standalone entry and a link between other servers", async () => {
    hold("ns1", "web1", "standalone");
    hold("web1", "ns2");
    await managed.provider.create("TopologyGate", direct);
  });

  test("[I] judges a change without removed links and without links that the program declares elsewhere", async () => {
    const chain = gate([
      ["web1", "ns1"],
      ["web1", "ns2"],
    ]);
    const made = await managed.provider.create("TopologyGate", direct);
    hold("ns2", "web1");
    expect(await cleanFailure(managed.provider.update("TopologyGate", made, chain))).toContain(
      "feeding-cycle",
    );
    const elsewhere = [{ from: addresses.ns2, to: addresses.web1 }];
    await managed.provider.update("TopologyGate", made, { ...chain, elsewhere });

    const back = await managed.provider.create("TopologyGate", gate([["web1", "ns3"]]));
    const left = { ...back, properties: { ...back.properties, ...gate([["ns2", "web1"]]) } };
    await managed.provider.update("TopologyGate", left, chain);
  });

  test("[I] contacts no server if neither links nor servers change", async () => {
    const made = await managed.provider.create("TopologyGate", direct);
    managed.simulator.clearJournal();
    const rules = { "trusted-ip": { severity: "off", reason: "one network" } };
    const relaxed = { topology: { ...(direct["topology"] as object), rules } };
    await managed.provider.update("TopologyGate", made, relaxed);
    expect(journalButSigns(managed.simulator)).toEqual([]);
  });

  test("[I] does not treat an unreachable server as empty if zones would travel through it", async () => {
    await withManagedServers(
      async ({ simulator, provider }) => {
        simulator.fault("ns1", "refuse");
        expect(await cleanFailure(provider.create("TopologyGate", direct))).toMatch(
          /on ns1: .*\[unreachable\]/,
        );
        expect(writes(simulator)).toEqual([]);
      },
      options,
      impatient,
    );
  });

  test("[I] continues without a server that no zone of the new links passes, and reports it", async () => {
    await withManagedServers(
      async ({ simulator, provider }) => {
        simulator.fault("web1", "refuse");
        simulator.fault("ns3", "refuse");
        await provider.create("TopologyGate", direct);
        await provider.prints(" could not be looked at");
        expect(provider.printed()).toMatch(/warning: (web1, ns3|ns3, web1) could not be looked at/);
      },
      options,
      impatient,
    );
  });
});

/** A host that refuses is dialled once. */
function impatient<Servers extends object>(servers: Servers): Servers {
  const changed = Object.entries(servers).map(([name, each]: [string, { connection: object }]) => [
    name,
    { ...each, connection: { ...each.connection, dialErrorLimit: 1 } },
  ]);
  return Object.fromEntries(changed) as Servers;
}

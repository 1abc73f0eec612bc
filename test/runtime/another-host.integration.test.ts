import { startSimulator, type Simulator } from "../../provider/simulator";
import type { ServersInput } from "../../provider/schema/server";
import { cleanFailure } from "../helpers/failed-write";
import { providerProcesses } from "../helpers/provider-process";
import { tokenInputs } from "../helpers/resource-inputs";
import { journalButSigns, writes, writesButSigns } from "../helpers/server-files";

const topology = {
  servers: {
    web1: { type: "cpanel", address: "192.0.2.10", hostname: "web1.example.com" },
    ns1: { type: "dnsonly", address: "192.0.2.11", hostname: "ns1.example.com" },
  },
  links: [{ from: "web1", to: "ns1", role: "sync" }],
};
const line = { server: "web1", address: "192.0.2.53", logicalName: "organization/project/stack/line" };

describe("a run whose connections lead to other machines than the state knows", () => {
  let simulator: Simulator;
  const start = providerProcesses();
  beforeEach(async () => {
    simulator = await startSimulator({
      servers: {
        web1: { type: "cpanel" },
        ns1: { type: "dnsonly" },
        spare: { type: "cpanel" },
        "spare-ns": { type: "dnsonly" },
      },
    });
  });
  afterEach(() => simulator.stop());

  const astray = (): ServersInput => {
    const { web1, ns1, spare, "spare-ns": spareNs } = simulator.servers;
    return {
      web1: { ...web1!, connection: spare!.connection! },
      ns1: { ...ns1!, connection: spareNs!.connection!, api: spareNs!.api! },
    };
  };

  test("[I] creates nothing on a machine that differs from the one that an unchanged gate knows", async () => {
    const before = await start(simulator.servers);
    const gate = await before.create("TopologyGate", { topology });
    simulator.clearJournal();
    const now = await start(astray());
    await now.diff("TopologyGate", gate, { topology });
    expect(journalButSigns(simulator)).toEqual([]);
    expect(await cleanFailure(now.create("TrustedRemoteIp", line))).toContain("[another-server]");
    expect(writesButSigns(simulator)).toEqual([]);
  });

  test("[I] creates no token on another machine to replace one, and contacts no server at the preview", async () => {
    const before = await start(simulator.servers);
    const token = await before.create("ApiToken", tokenInputs());
    simulator.clearJournal();
    const now = await start(astray());
    const { replaces } = await now.diff("ApiToken", token, tokenInputs({ rotate: "2" }));
    expect(replaces).toContain("rotate");
    expect(simulator.journal()).toEqual([]);
    expect(await cleanFailure(now.create("ApiToken", tokenInputs({ rotate: "2" })))).toContain(
      "[another-server]",
    );
    expect(writes(simulator)).toEqual([]);
  });

  test("[I] creates no single resource on another machine, even at the first contact", async () => {
    const now = await start(astray());
    const token = await cleanFailure(now.create("ApiToken", tokenInputs()));
    expect(token).toMatch(
      /declared as ns1\.example\.com .* and spare-ns\.example\.com .*\[another-server\]/s,
    );
    expect(await cleanFailure(now.create("TrustedRemoteIp", line))).toContain("[another-server]");
    expect(writes(simulator)).toEqual([]);
  });

  test("[I] does not report a token as gone because another machine does not know it", async () => {
    const before = await start(simulator.servers);
    const token = await before.create("ApiToken", tokenInputs());
    const now = await start(astray());
    expect(await cleanFailure(now.read(token))).toContain("[another-server]");
  });

  test("[I] refuses a gate if two names lead to one machine", async () => {
    const { web1, ns1, spare } = simulator.servers;
    const copied = { type: "cpanel" as const, address: spare!.address!, connection: web1!.connection! };
    const now = await start({ web1: web1!, ns1: ns1!, web2: { ...copied, api: web1!.api! } });
    const servers = { ...topology.servers, web2: { type: "cpanel", address: spare!.address! } };
    const links = [...topology.links, { from: "web2", to: "ns1", role: "sync" }];
    const said = await cleanFailure(now.create("TopologyGate", { topology: { servers, links } }));
    expect(said).toMatch(/leads to the machine that web[12] leads to as well \[another-server\]/);
    expect(writes(simulator)).toEqual([]);
  });
});

import { providerText } from "../../../provider/resources/dynamic";
import type { ServersInput } from "../../../provider/schema/server";
import type { Simulator } from "../../../provider/simulator";
import { cleanFailure } from "../../helpers/failed-write";
import {
  everyFile,
  managedServers,
  withManagedServers,
  type ManagedServers,
} from "../../helpers/managed-servers";
import { usualName, type CreatedResource } from "../../helpers/provider-process";
import { memberFile, writesButSigns } from "../../helpers/server-files";
import { putZone } from "../../helpers/zones";

type Values = CreatedResource["properties"];
type Link = { from: string; to: string; role: string };

const webServers = ["web1", "web2", "web3", "web4", "web5"];
const nameservers = ["ns1", "ns2"];
const names = [...webServers, ...nameservers];
const options: Parameters<typeof managedServers>[0] = Object.fromEntries(
  names.map((name) => [name, { type: webServers.includes(name) ? "cpanel" : "dnsonly" }]),
);
const managed = managedServers(options);
const addressOf = (name: string): string => `192.0.2.${10 + names.indexOf(name)}`;
const servers = Object.fromEntries(
  names.map((name) => [
    name,
    {
      type: webServers.includes(name) ? "cpanel" : "dnsonly",
      address: addressOf(name),
      hostname: `${name}.example.com`,
    },
  ]),
);
const every: Link[] = webServers.flatMap((from) => nameservers.map((to) => ({ from, to, role: "sync" })));

/** A gate over all links but some, and what else it is given. */
function gate(without: readonly string[] = [], more: object = {}, topology: object = {}): Values {
  const links = every.filter(({ from, to }) => !without.includes(`${from} ${to}`));
  return { topology: { servers, links, ...topology }, ...more };
}

/** Somebody has linked two servers. */
function hold({ from, to, role }: Link, on = managed.simulator): void {
  const files = on.files(from);
  files.write(memberFile(addressOf(to)), "#version 2.0\nuser=root\npass=X\nmodule=cPanel\n", 0o600);
  files.write(`${memberFile(addressOf(to))}-dnsrole`, role, 0o600);
}

/** Gives up at once on a server that refuses connections. */
function impatient(settings: Simulator["servers"]): ServersInput {
  return Object.fromEntries(
    Object.entries(settings).map(([name, server]) => [
      name,
      { ...server, connection: { ...server.connection!, dialErrorLimit: 1 } },
    ]),
  );
}

function unlink(from: string, to: string): void {
  managed.simulator.files(from).remove(memberFile(addressOf(to)));
  managed.simulator.files(from).remove(`${memberFile(addressOf(to))}-dnsrole`);
}

/** A gate that has been made, and whose members then stand on the servers. */
async function standing(): Promise<CreatedResource> {
  const made = await managed.provider.create("TopologyGate", gate());
  every.forEach((link) => hold(link));
  managed.simulator.clearJournal();
  return made;
}

const fourLess = ["web1 ns2", "web2 ns2", "web3 ns2", "web4 ns2"];
const seenBy = async (made: CreatedResource) => (await managed.provider.read(made))!;
const relaxed = { "web-server-fed": { severity: "off", reason: "not yet" } };
const risksOf = (inputs: Values) => inputs["allow"] as { risk: string; reason: string }[];
const allow = (risk: string) => ({ allow: [{ risk, reason: "planned" }] });

/** What a preview says: the check gets the inputs that the state holds. */
async function preview(news: Values, olds: Values = gate()): Promise<string> {
  const { failures } = await managed.provider.check("TopologyGate", news, olds);
  return failures.map(({ reason }) => reason).join("\n");
}

describe("a change that takes a risk", () => {
  test.each<[string, Values]>([
    ["many-changes", gate(fourLess)],
    ["web-server-without-nameserver", gate(["web1 ns1", "web1 ns2"])],
    [
      "identity-changed",
      gate([], {}, { servers: { ...servers, ns2: { ...servers["ns2"], address: "192.0.2.99" } } }),
    ],
    [
      "sync-member-removed",
      gate(["web1 ns2"], { risks: { severities: { "sync-member-removed": "error" } } }),
    ],
  ])(
    "[I] is rejected by %s in a preview and again by the update, which writes nothing",
    async (risk, news) => {
      const made = await standing();
      expect(await preview(news)).toMatch(
        /^The change of TopologyGate is rejected, compared with the state of the last run\n {2}error: /,
      );
      expect(await preview(news)).toContain(`[${risk}]`);
      const said = await cleanFailure(managed.provider.update("TopologyGate", made, news));
      expect(said).toContain("is rejected, compared with what the servers hold");
      expect(said).toContain(`[${risk}]`);
      expect(said).toContain(`allow: [{ risk: "${risk}"`);
      expect(writesButSigns(managed.simulator)).toEqual([]);
    },
  );

  test("[I] is a warning once, in the check, unless its severity is raised", async () => {
    await withManagedServers(async ({ provider, simulator }) => {
      const weak = every.map((link) => ({ ...link, role: link.from === "web1" ? "standalone" : "sync" }));
      const before = gate([], {}, { links: weak, rules: relaxed });
      const made = await provider.create("TopologyGate", before);
      for (const link of weak) hold(link, simulator);
      const raised = { risks: { severities: { "stronger-role": "error" } } };
      const refused = await provider.check("TopologyGate", gate([], raised), before);
      expect(refused.failures[0]!.reason).toContain("[stronger-role]");
      expect(await cleanFailure(provider.update("TopologyGate", made, gate([], raised)))).toContain(
        "web1 -> ns1: changes from standalone to sync, and ns1 serves zones already.",
      );
      expect((await provider.check("TopologyGate", gate(), before)).failures).toEqual([]);
      await provider.update("TopologyGate", made, gate());
      await provider.prints("[stronger-role]");
      expect(provider.printed().split("The change of TopologyGate takes risks")).toHaveLength(2);
    }, options);
  });

  test("[I] passes if it is allowed, and says so", async () => {
    const made = await standing();
    const news = gate(fourLess, allow("many-changes"));
    expect(await preview(news)).toBe("");
    await managed.provider.prints("(allowed: planned) [many-changes]");
    await managed.provider.update("TopologyGate", made, news);
  });

  test("[I] passes if the servers have made it already, in a run that was killed", async () => {
    const made = await standing();
    for (const pair of fourLess) unlink(...(pair.split(" ") as [string, string]));
    await managed.provider.update("TopologyGate", made, gate(fourLess));
  });

  test("[I] counts what others have removed as gone, unless a refresh has told the run of it", async () => {
    const made = await standing();
    unlink("web1", "ns2");
    const news = gate(["web1 ns1"]);
    const said = await cleanFailure(managed.provider.update("TopologyGate", made, news));
    expect(said).toContain("web1: sends its zones to ns1, and to no nameserver after this change.");
    expect(said).toContain(
      "Somebody has removed or changed web1 -> ns2, which only a run with --refresh puts right.",
    );
    const { inputs } = await managed.provider.check("TopologyGate", news, (await seenBy(made)).inputs);
    await managed.provider.update("TopologyGate", made, inputs);
  });

  test("[I] is judged by the state where a server cannot be read", async () => {
    await withManagedServers(
      async ({ provider, simulator }) => {
        simulator.fault("web1", "refuse", { door: "ssh" });
        const logicalName = usualName("TopologyGate");
        const properties = { ...gate(), logicalName, __provider: providerText("TopologyGate") };
        const made = { id: "gate", properties };
        for (const link of every) if (link.from !== "web1") hold(link, simulator);
        const said = await cleanFailure(provider.update("TopologyGate", made, gate(fourLess)));
        expect(said).toContain("4 of 10 links are changed or removed (40 %)");
      },
      options,
      impatient,
    );
  });
});

describe("a preview after a refresh", () => {
  test("[I] is judged by what the servers held, and names the time", async () => {
    const made = await standing();
    for (const pair of fourLess.slice(1)) unlink(...(pair.split(" ") as [string, string]));
    const { inputs, properties } = await seenBy(made);
    expect(properties).toEqual(made.properties);
    expect(await preview(gate(fourLess), inputs)).toBe("");
    const more = await preview(gate([...fourLess, "web5 ns2", "web2 ns1", "web3 ns1"]), inputs);
    expect(more).toMatch(/compared with what the servers held at 20\d\d-\d\d-\d\dT\S+Z\n/);
    expect(more).toContain("web2: sends its zones to ns1, and to no nameserver after this change.");
  });

  test("[I] counts roles that somebody has changed as changes that the run would make", async () => {
    const made = await standing();
    for (const link of every.slice(0, 4)) hold({ ...link, role: "standalone" });
    const { inputs } = await seenBy(made);
    const said = await preview(gate(), inputs);
    expect(said).toContain("4 of 10 links are changed or removed (40 %)");
    expect(said).toContain("web1 -> ns1 from standalone to sync");
  });

  test("[I] notes nothing of links that are as they should be, and writes nothing", async () => {
    const made = await standing();
    const { inputs } = await seenBy(made);
    expect(inputs["__seen"]).toEqual({ at: expect.any(String) as string, links: [] });
    expect(inputs["topology"]).toEqual(made.properties["topology"]);
    expect(writesButSigns(managed.simulator)).toEqual([]);
  });
});

describe("a nameserver that leaves", () => {
  const withoutNs2 = gate(
    every.filter(({ to }) => to === "ns2").map(({ from }) => `${from} ns2`),
    { allow: [{ risk: "many-changes", reason: "planned" }] },
  );

  test("[I] is looked at for zones that it alone holds, and a preview says that it will be", async () => {
    const made = await standing();
    for (const name of nameservers) putZone(managed.simulator, name, "shared.example");
    putZone(managed.simulator, "ns2", "lonely.example");
    managed.simulator.clearJournal();
    expect(await preview(withoutNs2)).toBe("");
    await managed.provider.prints("ns2 leaves: pulumi up first lists the zones");
    const allowed = { allow: [...risksOf(withoutNs2), { risk: "last-holder-of-zone", reason: "kept" }] };
    expect(await preview({ ...withoutNs2, ...allowed })).toBe("");
    expect(managed.provider.printed()).not.toContain("allow last-holder-of-zone");
    const said = await cleanFailure(managed.provider.update("TopologyGate", made, withoutNs2));
    expect(said).toContain("ns2: leaves and alone holds 1 zone: lonely.example.");
    expect(said).toContain("[last-holder-of-zone]");
    expect(writesButSigns(managed.simulator)).toEqual([]);
    putZone(managed.simulator, "ns1", "lonely.example");
    await managed.provider.update("TopologyGate", made, withoutNs2);
  });
});

describe("a nameserver that leaves and cannot be read", () => {
  const toNs2 = every.filter(({ to }) => to === "ns2").map(({ from }) => `${from} ns2`);
  const logicalName = usualName("TopologyGate");
  const made = {
    id: "gate",
    properties: { ...gate(), logicalName, __provider: providerText("TopologyGate") },
  };
  const leave = (own: ManagedServers, more: object) => {
    own.simulator.fault("ns2", "refuse", { door: "ssh" });
    every.forEach((link) => hold(link, own.simulator));
    return own.provider.update("TopologyGate", made, gate(toNs2, more));
  };

  test("[I] is not guessed about: the rejection says what to do", async () => {
    await withManagedServers(
      async (own) => {
        const said = await cleanFailure(leave(own, allow("many-changes")));
        expect(said).toMatch(
          /ns2: leaves, and whether it alone holds a zone is not known: connect ECONNREFUSED \S+ \[unreachable\]\. Once/,
        );
        expect(said).toContain("or set forget: true on it if it is gone for good.");
        expect(writesButSigns(own.simulator)).toEqual([]);
      },
      options,
      impatient,
    );
  });

  test("[I] leaves without a risk if it is gone for good, and so do its links", async () => {
    await withManagedServers(
      async (own) => {
        await leave(own, {});
      },
      options,
      (settings) => ({ ...impatient(settings), ns2: { ...impatient(settings)["ns2"]!, forget: true } }),
    );
  });
});

describe("links that are there when a gate is made", () => {
  const first = gate();

  test("[I] are no risk if they are as declared, whoever has made them", async () => {
    every.forEach((link) => hold(link));
    expect((await managed.provider.create("TopologyGate", first)).id).toBe("gate");
  });

  test("[I] are a risk if many of them would change", async () => {
    for (const link of every) hold({ ...link, role: link.to === "ns2" ? "write-only" : "sync" });
    managed.simulator.clearJournal();
    const said = await cleanFailure(managed.provider.create("TopologyGate", first));
    expect(said).toContain("5 of 10 links are changed or removed (50 %)");
    expect(writesButSigns(managed.simulator)).toEqual([]);
  });

  test("[I] and that an earlier gate of the stack has announced are removed if the new one lacks them", async () => {
    await standing();
    const renamed = { logicalName: "organization/project/stack/renamed" };
    const said = await cleanFailure(managed.provider.create("TopologyGate", gate(fourLess, renamed)));
    expect(said).toContain("4 of 10 links are changed or removed (40 %)");
    expect(writesButSigns(managed.simulator)).toEqual([]);
    const elsewhere = [{ from: addressOf("web5"), to: addressOf("ns2") }];
    const beside = gate([...fourLess, "web5 ns2"], { ...renamed, elsewhere });
    expect((await managed.provider.create("TopologyGate", beside)).id).toBe("gate");
  });

  test("[I] stay if another stack claims them too, so that removing them takes nothing down", async () => {
    const made = await standing();
    for (const pair of fourLess) {
      const [from = "", to = ""] = pair.split(" ");
      const claim = { format: 1, owner: "organization/project/other", resource: "there" };
      managed.simulator
        .files(from)
        .write(
          `/var/cpanel/.pulumi-whm/member.${addressOf(to)}.0123456789abcdef-1.json`,
          JSON.stringify(claim),
          0o600,
        );
    }
    await managed.provider.update("TopologyGate", made, gate(fourLess));
  });
});

describe("allowances", () => {
  test("[I] that have expired allow nothing, and are named even before anything is made", async () => {
    const expired = { allow: [{ risk: "many-changes", reason: "old", until: "2020-01-31" }] };
    expect(await preview(gate(fourLess, expired))).toContain("[many-changes]");
    await managed.provider.prints("allow many-changes (old) has expired on 2020-01-31");
    const late = { allow: [{ risk: "identity-changed", reason: "old", until: "2020-01-31" }] };
    expect(await preview(gate([], late), {})).toBe("");
    await managed.provider.prints("allow identity-changed (old) has expired on 2020-01-31");
  });

  test("[I] that no change needs are named, and touch no server", async () => {
    const made = await standing();
    const news = gate([], { allow: [{ risk: "many-changes", reason: "idle" }] });
    expect(await preview(news)).toBe("");
    await managed.provider.prints("allow many-changes (idle) is not needed by this change");
    expect((await managed.provider.diff("TopologyGate", made, news)).changes).toBe(1);
  });
});

describe("a run that goes on after a refusal", () => {
  test("[I] deletes nothing of the cluster, because the engine does not wait for the gate with that", async () => {
    await withManagedServers(async ({ provider, simulator }) => {
      const made = await provider.create("TopologyGate", gate());
      const line = await provider.create("TrustedRemoteIp", { server: "web1", address: addressOf("ns2") });
      every.forEach((link) => hold(link, simulator));
      const before = everyFile(simulator);
      await cleanFailure(provider.update("TopologyGate", made, gate(fourLess)));
      expect(await cleanFailure(provider.delete(line))).toContain(
        "is not deleted: the change of its cluster was refused in this run",
      );
      expect(await cleanFailure(provider.delete(made))).toContain("The gate is not deleted");
      expect(everyFile(simulator)).toEqual(before);
    }, options);
  });
});

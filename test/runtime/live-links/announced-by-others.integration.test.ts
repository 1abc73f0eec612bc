import { setTimeout as pause } from "node:timers/promises";
import { cleanFailure } from "../../helpers/failed-write";
import { managedServers } from "../../helpers/managed-servers";

const managed = managedServers();
const topology = {
  servers: {
    web1: { type: "cpanel", address: "192.0.2.10", hostname: "web1.example.com" },
    ns1: { type: "dnsonly", address: "192.0.2.11", hostname: "ns1.example.com" },
  },
  links: [{ from: "web1", to: "ns1", role: "sync" }],
};
const register = "/var/cpanel/.pulumi-whm";
const rival = `${register}/links.0123456789abcdef.json`;

/** Another stack is about to have ns1 send zones to web1, which would close a circle with web1 -> ns1. */
function announceBy(owner: string): void {
  const links = [{ address: "192.0.2.10", role: "sync" }];
  const content = { format: 1, owner, resource: "prod", nameserver: true, links };
  managed.simulator.files("ns1").write(rival, JSON.stringify(content), 0o600);
}

describe("a gate and the links that another run has announced", () => {
  let pulse: NodeJS.Timeout | undefined;
  afterEach(() => clearInterval(pulse));

  test("[I] yields to a living run whose stack name sorts first, and withdraws its announcement", async () => {
    announceBy("organization/project/first");
    pulse = setInterval(() => announceBy("organization/project/first"), 100);
    const said = await cleanFailure(managed.provider.create("TopologyGate", { topology }));
    expect(said).toContain("Another run is in the way: the stack organization/project/first");
    expect(said).toContain("[feeding-cycle]");
    expect(managed.simulator.files("web1").list(register)).toEqual([]);
  });

  test("[I] waits for a run whose stack name sorts later, and passes when that run has given up", async () => {
    announceBy("organization/project/zebra");
    const own = (): string[] =>
      managed.simulator
        .files("web1")
        .list(register)
        .filter((path) => path.includes("/links."));
    const looks = (): number =>
      managed.simulator.journal().filter(({ operation, target }) => operation === "stat" && target === rival)
        .length;
    const passed = managed.provider.create("TopologyGate", { topology });
    while (own().length === 0) await pause(20);
    for (const before = looks(); looks() < before + 3;) await pause(20);
    expect(own()).toHaveLength(1);
    managed.simulator.files("ns1").remove(rival);
    expect((await passed).id).toBe("gate");
  });

  test("[I] withdraws its announcement if somebody makes a conflicting link meanwhile", async () => {
    const ns1 = managed.simulator.files("ns1");
    const member = "/var/cpanel/cluster/root/config/192.0.2.10";
    const end = managed.simulator.watch(({ server, operation, target }) => {
      if (server !== "web1" || operation !== "rename" || !target.includes("/links.")) return;
      ns1.write(
        member,
        "#version 2.0\nuser=root\nhost=web1.example.com\npass=HAND\nmodule=cPanel\ndebug=0\n",
        0o600,
      );
      ns1.write(`${member}-dnsrole`, "sync", 0o600);
    });
    const said = await cleanFailure(managed.provider.create("TopologyGate", { topology })).finally(end);
    expect(said).toContain(
      "rejected together with live links that the servers already hold: ns1 -> web1 (sync)",
    );
    expect(managed.simulator.files("web1").list(register)).toEqual([]);
  });
});

import { ownEntry, proofInputs, provenCluster, topologyOf } from "../helpers/proven-cluster";
import { cleanFailure, halfMade } from "../helpers/failed-write";
import { managedServers, withManagedServers, withReverseTrust } from "../helpers/managed-servers";
import { changes } from "../helpers/provider-process";
import { memberFile, ns1Entry, writes } from "../helpers/server-files";

const managed = managedServers(withReverseTrust);
// Servers that do not answer are waited for.
jest.setTimeout(60_000);
const { role, flag } = ns1Entry;

/** Calls with a token of another server, as seen by the servers that were called. */
function calls(): string[] {
  return managed.simulator
    .journal()
    .filter(({ door, operation }) => door === "api" && operation === "myprivs")
    .map(({ server }) => server)
    .sort();
}

/** Makes the cluster and gives what its proof has found. */
async function failedProof(spoil: () => void): Promise<string> {
  const inputs = await provenCluster(managed);
  spoil();
  const { message, id, properties } = await halfMade(managed.provider.create("ClusterProof", inputs));
  const again = await managed.provider.diff("ClusterProof", { id, properties }, inputs);
  expect(again.changes).toBe(changes.some);
  return message;
}

describe("the proof of a cluster", () => {
  test("[I] makes one call for each link and trust, asks for the trust, and writes nothing", async () => {
    const inputs = await provenCluster(managed);
    managed.simulator.clearJournal();
    const made = await managed.provider.create("ClusterProof", inputs);
    expect(calls()).toEqual(["ns1", "ns2", "web1"]);
    const asked = managed.simulator.journal().map(({ server, operation }) => `${server} ${operation}`);
    expect(asked).toContain("ns2 cluster_member_has_trust_with");
    expect(writes(managed.simulator)).toEqual([]);
    expect(managed.provider.printed()).not.toContain("could be proven");
    expect(await managed.provider.diff("ClusterProof", made, inputs)).toMatchObject({
      changes: changes.none,
    });
  });

  test("[I] looks again after another write, and when the topology has changed", async () => {
    const inputs = await provenCluster(managed);
    const made = await managed.provider.create("ClusterProof", inputs);
    const answers = await Promise.all(
      [{ ...inputs, writes: "two" }, proofInputs({ ...topologyOf(managed), rules: {} })].map((news) =>
        managed.provider.diff("ClusterProof", made, news),
      ),
    );
    expect(answers.map((answer) => answer.changes)).toEqual([changes.some, changes.some]);
    managed.simulator.clearJournal();
    await managed.provider.update("ClusterProof", made, { ...inputs, writes: "two" });
    expect(calls()).toEqual(["ns1", "ns2", "web1"]);
  });

  test("[I] asks no server when it is turned off", async () => {
    const { writes: _writes, ...inputs } = await provenCluster(managed);
    managed.simulator.clearJournal();
    await managed.provider.create("ClusterProof", inputs);
    expect(managed.simulator.journal()).toEqual([]);
  });

  test.each<[string, () => void, string]>([
    [
      "an entry that is gone",
      () => [ns1Entry.file, role].forEach((path) => managed.simulator.files("web1").remove(path)),
      "web1 -> ns1: web1 stores no entry for ns1 (192.0.2.11). Run pulumi up --refresh",
    ],
    [
      "another role",
      () => managed.simulator.files("web1").write(role, "write-only"),
      "web1 -> ns1: web1 stores the role write-only instead of sync.",
    ],
    [
      "an entry that WHM doesn't see",
      () => managed.simulator.files("web1").write(role, "synchronize"),
      "web1 -> ns1: WHM on web1 doesn't see the entry for ns1 (missing: the role file holds",
    ],
    [
      "clustering that is off",
      () => managed.simulator.files("web1").remove(flag),
      "web1 -> ns1: clustering is off on web1, so it sends nothing.",
    ],
    [
      "a trust that is gone",
      () => managed.simulator.files("ns2").remove("/var/cpanel/cluster"),
      "ns2 trusts web1: ns2 stores no entry for web1 (192.0.2.10).",
    ],
  ])("[I] fails with %s", async (_name, spoil, said) => {
    const message = await failedProof(spoil);
    expect(message).toContain("Everything of the cluster prod is written, but");
    expect(message).toContain(said);
  });

  test("[I] fails with a stored token that no longer opens anything, after one call", async () => {
    const message = await failedProof(() => {
      const { files, own } = ownEntry(managed);
      files.write(ns1Entry.file, own.replace(/^pass=.*$/m, "pass=NOSUCHTOKENNOSUCHTOKENNOSUCHTOKE"));
      managed.simulator.clearJournal();
    });
    expect(message).toMatch(/web1 -> ns1: Failed to .* on ns1: .*\[refused-credential\]/);
    expect(message).not.toContain("NOSUCHTOKEN");
    expect(calls().filter((name) => name === "ns1")).toHaveLength(1);
  });

  test("[I] fails with a link that nobody has declared and that breaks a rule together with the others", async () => {
    const message = await failedProof(() => {
      managed.simulator.files("ns1").write(flag, "");
      managed.simulator.files("ns1").write(memberFile("192.0.2.10"), "#version 2.0\nuser=root\n");
      managed.simulator.files("ns1").write(`${memberFile("192.0.2.10")}-dnsrole`, "sync");
    });
    expect(message).toContain("[feeding-cycle]");
    expect(message).toContain("ns1 -> web1 (sync)");
  });

  test("[I] doesn't count a link that this stack has made and declares no longer: it is deleted last", async () => {
    const inputs = await provenCluster(managed);
    const { files, own } = ownEntry(managed);
    managed.simulator.files("ns1").write(flag, "");
    managed.simulator.files("ns1").write(memberFile("192.0.2.10"), own);
    managed.simulator.files("ns1").write(`${memberFile("192.0.2.10")}-dnsrole`, "sync");
    const isClaim = (path: string): boolean => path.includes("/member.192.0.2.11.");
    const claim = files.list("/var/cpanel/.pulumi-whm").find(isClaim)!;
    managed.simulator.files("ns1").write(claim.replace("192.0.2.11", "192.0.2.10"), files.read(claim)!);
    await managed.provider.create("ClusterProof", inputs);
  });

  test("[I] lists everything that is wrong at once", async () => {
    const message = await failedProof(() => {
      managed.simulator.files("web1").write(role, "standalone");
      managed.simulator.files("ns2").remove("/var/cpanel/cluster");
    });
    expect(message).toContain("2 things on its servers are wrong");
  });
});

describe("the proof of a cluster, after a server that lies", () => {
  test("[I] fails with a role that was confirmed and then forgotten", async () => {
    await withManagedServers(async (own) => {
      own.simulator.fault("web1", "forgetful", { operation: "rename", after: 1, times: 1 });
      const inputs = await provenCluster(own);
      const { message } = await halfMade(own.provider.create("ClusterProof", inputs));
      expect(message).toContain("web1 -> ns1: WHM on web1 doesn't see the entry for ns1");
    }, withReverseTrust);
  });

  test("[I] fails with a token that worked once", async () => {
    await withManagedServers(async (own) => {
      own.simulator.fault("ns1", "forgetful", { operation: "myprivs" });
      const inputs = await provenCluster(own);
      const { message } = await halfMade(own.provider.create("ClusterProof", inputs));
      expect(message).toMatch(/web1 -> ns1: .*\[refused-credential\]/);
    }, withReverseTrust);
  });
});

describe("the proof of a cluster of which not everything can be seen", () => {
  test("[I] names what could not be proven where sshd forbids forwarding, and is done", async () => {
    await withManagedServers(async (own) => {
      own.simulator.fault("web1", "no-forwarding");
      const inputs = await provenCluster(own);
      const made = await own.provider.create("ClusterProof", inputs);
      await own.provider.prints("Not everything of the cluster prod could be proven:");
      await own.provider.prints("  web1 -> ns1: web1 does not forward connections");
      const { changes: answer } = await own.provider.diff("ClusterProof", made, inputs);
      expect(answer).toBe(changes.none);
    }, withReverseTrust);
  });

  test("[I] fails no run because a server is down, and looks again in the next one", async () => {
    await withManagedServers(async (own) => {
      const inputs = await provenCluster(own);
      own.simulator.fault("ns1", "refuse");
      const made = await own.provider.create("ClusterProof", inputs);
      await own.provider.prints("  web1 -> ns1: ");
      expect((await own.provider.diff("ClusterProof", made, inputs)).changes).toBe(changes.some);
      own.simulator.clearFaults();
      const later = await own.provider.update("ClusterProof", made, inputs);
      expect((await own.provider.diff("ClusterProof", later, inputs)).changes).toBe(changes.none);
    }, withReverseTrust);
  });

  test("[I] doesn't call a server that is drained, which may be down", async () => {
    await withManagedServers(async (own) => {
      const topology = topologyOf(own);
      const drained = { ...topology.servers["ns1"]!, drain: { reason: "new disk" } };
      const news = proofInputs({ ...topology, servers: { ...topology.servers, ns1: drained } });
      await provenCluster(own, { role: "standalone" });
      own.simulator.fault("ns1", "refuse");
      const made = await own.provider.create("ClusterProof", news);
      expect((await own.provider.diff("ClusterProof", made, news)).changes).toBe(changes.none);
    }, withReverseTrust);
  });

  test("[I] refuses another machine in the place of a server", async () => {
    const inputs = await provenCluster(managed);
    managed.simulator.files("web1").remove("/usr/local/cpanel/version");
    const error = await managed.provider
      .create("ClusterProof", inputs)
      .catch((reason: Error) => reason.message);
    expect(error).toBeDefined();
  });

  test("[I] needs a topology", async () => {
    expect(await cleanFailure(managed.provider.create("ClusterProof", { writes: "one" }))).toContain(
      "__topology",
    );
  });
});

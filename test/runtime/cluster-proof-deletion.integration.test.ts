import { cleanFailure } from "../helpers/failed-write";
import { everyFile, managedServers, withManagedServers, withReverseTrust } from "../helpers/managed-servers";
import { changes, type CreatedResource } from "../helpers/provider-process";
import { proofInputs, provenCluster, topologyOf } from "../helpers/proven-cluster";
import { memberFile } from "../helpers/server-files";

const managed = managedServers(withReverseTrust);
// Servers that do not answer are waited for.
jest.setTimeout(60_000);
const guarded = { guardDestroy: true };

/** A proof that was made earlier: nothing has to be on the servers for it. */
const proofOf = (more: CreatedResource["properties"] = {}): CreatedResource => ({
  id: "proof",
  properties: {
    ...proofInputs(topologyOf(managed)),
    __provider: 'exports.handler=()=>require("pulumi-whm/runtime").provider("ClusterProof")',
    ...more,
  },
});

describe("the deletion of a cluster's proof, which comes before that of everything else", () => {
  test("[I] says what is taken down and who has no nameserver left", async () => {
    await provenCluster(managed);
    await managed.provider.delete(proofOf());
    await managed.provider.prints(
      "The cluster prod is taken down: 2 links (web1 -> ns1 and web1 -> ns2). Left without a nameserver: web1.",
    );
  });

  test("[I] is refused for a guarded cluster, with what would go and how to allow it, and changes nothing", async () => {
    await provenCluster(managed);
    const before = everyFile(managed.simulator);
    const message = await cleanFailure(managed.provider.delete(proofOf(guarded)));
    expect(message).toContain("The cluster prod is guarded by guardDestroy, so nothing of it is deleted.");
    expect(message).toContain("2 links (web1 -> ns1 and web1 -> ns2). Left without a nameserver: web1.");
    expect(message).toContain("set guardDestroy to false, run pulumi up");
    expect(everyFile(managed.simulator)).toEqual(before);
  });

  test("[I] doesn't count a link that another resource needs, nor a web server that feeds others", async () => {
    await withManagedServers(async (own) => {
      await provenCluster(own);
      const files = own.simulator.files("web1");
      const claim = files
        .list("/var/cpanel/.pulumi-whm")
        .find((path) => path.includes("/member.192.0.2.12."))!;
      files.write(claim.replace(/[0-9a-f]{16}-1/, "0123456789abcdef-1"), files.read(claim)!);
      await own.provider.delete(proofOf());
      await own.provider.prints("The cluster prod is taken down: 1 link (web1 -> ns1).");
      expect(own.provider.printed()).not.toContain("without a nameserver");
    }, withReverseTrust);
  });

  test("[I] lets a guarded cluster go that only has another name now, once every entry has another claim of the stack", async () => {
    await withManagedServers(async (own) => {
      await provenCluster(own);
      const claimAgain = (server: string, owner?: string): void => {
        const files = own.simulator.files(server);
        const claims = files.list("/var/cpanel/.pulumi-whm").filter((path) => path.includes("/member."));
        for (const path of claims.filter((each) => !each.includes("0123456789abcdef"))) {
          const content = JSON.parse(files.read(path)!) as { owner: string };
          const again = JSON.stringify({ ...content, owner: owner ?? content.owner });
          files.write(path.replace(/[0-9a-f]{16}-1/, "0123456789abcdef-1"), again);
        }
      };
      const refusal =
        "is guarded by guardDestroy, so nothing of it is deleted. This would take down no link.";
      for (const server of ["web1", "ns2"]) claimAgain(server, "organization/project/other");
      expect(await cleanFailure(own.provider.delete(proofOf(guarded)))).toContain(refusal);
      claimAgain("web1");
      // The trust that ns2 stores would go.
      expect(await cleanFailure(own.provider.delete(proofOf(guarded)))).toContain(refusal);
      claimAgain("ns2");
      await own.provider.delete(proofOf(guarded));
      expect(own.provider.printed()).not.toContain("taken down");
    }, withReverseTrust);
  });

  test("[I] says nothing of links that were there before the stack adopted them", async () => {
    await withManagedServers(async (own) => {
      own.simulator.files("web1").write(memberFile("192.0.2.11"), "#version 2.0\n");
      await own.provider.delete(proofOf({ adopted: true }));
      expect(own.provider.printed()).not.toContain("taken down");
    }, withReverseTrust);
  });

  test("[I] tells by the state what it can't read, and is not held up", async () => {
    await withManagedServers(async (own) => {
      for (const name of ["web1", "ns1", "ns2"]) own.simulator.fault(name, "refuse");
      await own.provider.delete(proofOf());
      await own.provider.prints("2 links (web1 -> ns1 and web1 -> ns2). Left without a nameserver: web1.");
    }, withReverseTrust);
  });

  test("[I] asks no server that is marked as gone for good, or that the provider no longer knows", async () => {
    await withManagedServers(
      async (own) => {
        own.simulator.fault("web1", "silent", { door: "ssh" });
        const topology = topologyOf(own);
        const old = { from: "web9", to: "ns1", role: "sync" } as const;
        const servers = { ...topology.servers, web9: { type: "cpanel" } as const };
        const inputs = proofInputs({ ...topology, servers, links: [...topology.links!, old] });
        await own.provider.delete({ ...proofOf(), properties: { ...proofOf().properties, ...inputs } });
        await own.provider.prints("3 links (web1 -> ns1, web1 -> ns2 and web9 -> ns1).");
      },
      withReverseTrust,
      ({ web1, ...others }) => ({ ...others, web1: { ...web1!, forget: true } }),
    );
  });

  test("[I] is guarded or not by an update that asks no server", async () => {
    const inputs = proofInputs(topologyOf(managed));
    const made = proofOf();
    const answer = await managed.provider.diff("ClusterProof", made, { ...inputs, ...guarded });
    expect(answer.changes).toBe(changes.some);
    managed.simulator.clearJournal();
    const next = await managed.provider.update("ClusterProof", made, { ...inputs, ...guarded });
    expect(next.properties).toMatchObject(guarded);
    const later = await managed.provider.update("ClusterProof", next, inputs);
    expect(later.properties).not.toHaveProperty("guardDestroy");
    expect(managed.simulator.journal()).toEqual([]);
  });
});

import { providerText } from "../../provider/resources/dynamic";
import { cleanFailure, halfMade } from "../helpers/failed-write";
import { managedServers } from "../helpers/managed-servers";
import { changes } from "../helpers/provider-process";
import { makeMember, makeToken, memberInputs } from "../helpers/resource-inputs";
import { ns1Entry } from "../helpers/server-files";

const { file, role } = ns1Entry;
const managed = managedServers();
const web1 = () => managed.simulator.files("web1");

/**
 * Faults that hit while the files are written, after the record of the server and the claim; the first rename puts the member
 * file in place, the second the role.
 */
const faults = [
  ["the disk is full", "disk-full", { operation: "write", after: 2 }],
  ["the connection breaks before the member file", "reset", { operation: "rename" }],
  ["the connection breaks after the member file", "reset-after", { operation: "rename", times: 1 }],
  ["the role file cannot be put in place", "reset", { operation: "rename", after: 1 }],
  ["the server lies about writing", "lying-success", { operation: "rename" }],
  ["half of each file is written", "half-applied", { operation: "write" }],
  ["the file system is read-only", "read-only", { operation: "rename" }],
] as const;

describe.each(faults)("a member that cannot be created completely because %s", (_name, fault, how) => {
  const failing = async () => {
    const inputs = memberInputs(await makeToken(managed));
    managed.simulator.fault("web1", fault, { door: "sftp", ...how });
    const saved = await halfMade(managed.provider.create("DnsClusterMember", inputs));
    managed.simulator.clearFaults();
    return { inputs, saved };
  };

  test("[I] is saved so that it can be read and deleted, and the next update completes it", async () => {
    const { inputs, saved } = await failing();
    expect(saved.id).toBe("web1/192.0.2.11");
    expect(saved.properties).toMatchObject({
      __provider: providerText("DnsClusterMember"),
      token: inputs["token"],
    });
    expect(saved.message).toContain("on web1");
    const whole = await managed.provider.update("DnsClusterMember", saved, inputs);
    expect(await managed.provider.read(whole)).toEqual({ ...whole, inputs: {} });
    expect([
      web1()
        .read(file)!
        .includes(`pass=${inputs["token"] as string}\n`),
      web1().read(role),
    ]).toEqual([true, "sync"]);
    await managed.provider.delete(whole);
    expect(web1().list("/var/cpanel/cluster/root/config")).toEqual([]);
  });

  test("[I] is reported as incomplete, complete or gone by a refresh", async () => {
    const { inputs, saved } = await failing();
    const found = await managed.provider.read(saved);
    if (found) {
      const isWhole = managed.simulator
        .members("web1")
        .some((member) => member.role === "sync" && member.entry);
      const { changes: said } = await managed.provider.diff("DnsClusterMember", found, inputs);
      expect(said === changes.none).toBe(isWhole);
      await managed.provider.update("DnsClusterMember", found, inputs);
    } else await managed.provider.create("DnsClusterMember", inputs);
    expect(managed.simulator.members("web1")).toMatchObject([{ key: "192.0.2.11", role: "sync" }]);
  });

  test("[I] leaves no temporary file in the directory where WHM looks for members", async () => {
    await failing();
    const stray = web1().list("/var/cpanel/cluster/root/config");
    expect(stray.filter((path) => path !== file && path !== role)).toEqual([]);
  });
});

describe("a member with a change that fails half-way", () => {
  test("[I] keeps its old files and is repaired by the next update", async () => {
    const { made, inputs } = await makeMember(managed);
    const before = web1().read(file);
    managed.simulator.fault("web1", "disk-full", { door: "sftp", operation: "write" });
    const news = { ...inputs, peerHostname: "b.example.com", role: "write-only" };
    const saved = await halfMade(managed.provider.update("DnsClusterMember", made, news));
    expect([web1().read(file), web1().read(role)]).toEqual([before, "sync"]);
    managed.simulator.clearFaults();
    await managed.provider.update("DnsClusterMember", saved, news);
    expect(web1().read(file)).toBe(before!.replace("ns1.example.com", "b.example.com"));
    expect(web1().read(role)).toBe("write-only");
  });
});

describe("a failure before the first write", () => {
  test("[I] saves nothing", async () => {
    managed.simulator.fault("web1", "reset", { door: "sftp", operation: "stat", times: 1 });
    const inputs = memberInputs(await makeToken(managed));
    const message = await cleanFailure(managed.provider.create("DnsClusterMember", inputs));
    expect(message).toContain("[connection-lost]");
  });
});

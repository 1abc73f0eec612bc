import { managedServers } from "../helpers/managed-servers";
import { changes } from "../helpers/provider-process";
import { makeMember, makeToken } from "../helpers/resource-inputs";
import { ns1Entry } from "../helpers/server-files";

const { file: entry, role: roleFile } = ns1Entry;
const managed = managedServers();
const web1 = () => managed.simulator.files("web1");

describe("changing a member", () => {
  test.each([
    ["role", { role: "standalone" }],
    ["user", { user: "dnsadmin" }],
    ["host name", { peerHostname: "ns1.other.example" }],
  ])("[I] updates a changed %s in place", async (_name, change) => {
    const { made, inputs } = await makeMember(managed);
    const difference = await managed.provider.diff("DnsClusterMember", made, { ...inputs, ...change });
    expect(difference).toEqual({ changes: changes.unknown, replaces: [] });
  });

  test("[I] writes a changed token in place", async () => {
    const { made, inputs } = await makeMember(managed);
    const token = await makeToken(managed, { logicalName: "project/stack/second" });
    const news = { ...inputs, token };
    expect(await managed.provider.diff("DnsClusterMember", made, news)).toEqual({
      changes: changes.unknown,
      replaces: [],
    });
    await managed.provider.update("DnsClusterMember", made, news);
    expect(web1().read(entry)).toContain(`pass=${token}\n`);
    expect(web1().read(roleFile)).toBe("sync");
  });

  test.each(["server", "peerAddress"])("[I] replaces the member if its %s changes", async (key) => {
    const { made, inputs } = await makeMember(managed);
    const news = { ...inputs, [key]: key === "server" ? "web2" : "192.0.2.77" };
    expect(await managed.provider.diff("DnsClusterMember", made, news)).toEqual({
      changes: changes.unknown,
      replaces: [key],
    });
  });

  test("[I] keeps the entry of a peer with another name and the same address", async () => {
    const { made, inputs } = await makeMember(managed);
    const difference = await managed.provider.diff("DnsClusterMember", made, { ...inputs, peer: "primary" });
    expect(difference).toEqual({ changes: changes.unknown, replaces: [] });
  });

  test("[I] writes only the role file if only the role changes", async () => {
    const { made, inputs } = await makeMember(managed);
    managed.simulator.clearJournal();
    await managed.provider.update("DnsClusterMember", made, { ...inputs, role: "write-only" });
    const targets = managed.simulator.journal().filter((event) => event.operation === "rename");
    expect(targets.map((event) => event.target)).toEqual([roleFile]);
    expect(web1().read(roleFile)).toBe("write-only");
  });

  test("[I] keeps foreign keys and lines byte for byte", async () => {
    const { made, inputs } = await makeMember(managed);
    const before = web1().read(entry)!.replace("debug=0\n", "debug=on\r\n# by hand\r\nx_key = a=b \n\nlast");
    web1().write(entry, before);
    await managed.provider.update("DnsClusterMember", made, {
      ...inputs,
      user: "root",
      peerHostname: "b.example.com",
    });
    expect(web1().read(entry)).toBe(before.replace("host=ns1.example.com", "host=b.example.com"));
  });

  test("[I] writes a member again that was removed by hand", async () => {
    const { made, inputs } = await makeMember(managed);
    const whole = web1().snapshot();
    web1().remove("/var/cpanel/cluster");
    await managed.provider.update("DnsClusterMember", made, inputs);
    expect(web1().snapshot()).toEqual(whole);
  });

  test("[I] stops a link even if its peer no longer answers", async () => {
    const { made, inputs } = await makeMember(managed);
    managed.simulator.fault("ns1", "reset", { door: "api" });
    await expect(
      managed.provider.update("DnsClusterMember", made, { ...inputs, role: "write-only" }),
    ).rejects.toThrow("on ns1");
    await managed.provider.update("DnsClusterMember", made, { ...inputs, role: "standalone" });
    expect(web1().read(roleFile)).toBe("standalone");
  });
});

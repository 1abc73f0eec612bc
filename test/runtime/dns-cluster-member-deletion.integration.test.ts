import { managedServers } from "../helpers/managed-servers";
import { makeMember } from "../helpers/resource-inputs";
import { ns1Entry } from "../helpers/server-files";

const { file: entry, role: roleFile, flag } = ns1Entry;
const managed = managedServers();
const web1 = () => managed.simulator.files("web1");

describe("deleting a member", () => {
  test("[I] silences the member first, then removes its role, its file and WHM's caches", async () => {
    const { made } = await makeMember(managed);
    web1().write(`${entry}-state.json`, "{}");
    managed.simulator.clearJournal();
    await managed.provider.delete(made);
    const changes = managed.simulator
      .journal()
      .filter((event) => ["rename", "remove"].includes(event.operation))
      .filter((event) => event.target.startsWith("/var/cpanel/cluster"));
    expect(changes.map((event) => `${event.operation} ${event.target}`)).toEqual([
      `rename ${roleFile}`,
      `remove ${roleFile}`,
      `remove ${entry}`,
      `remove ${entry}-state.json`,
    ]);
  });

  test("[I] leaves zones, the clustering flag, other members and other modules byte for byte", async () => {
    const others = {
      "/var/named/example.com.db": "; zone",
      "/var/cpanel/cluster/root/config/imh": "#version 2.0\r\nmodule=imh\r\npass=x",
      "/var/cpanel/cluster/root/config/imh-dnsrole": "write-only\n",
      "/var/cpanel/cluster/root/config/192.0.2.110": "#version 2.0\nmodule=cPanel\n",
      "/var/cpanel/cluster/root/config/192.0.2.110-dnsrole": "sync",
      [flag]: "",
    };
    for (const [path, text] of Object.entries(others)) web1().write(path, text);
    const before = web1().snapshot();
    const { made } = await makeMember(managed);
    await managed.provider.delete(made);
    expect(web1().snapshot()).toEqual(before);
  });

  test.each([
    ["is gone already", () => web1().remove("/var/cpanel/cluster")],
    ["has lost its role file", () => web1().remove(roleFile)],
    ["has lost its member file", () => web1().remove(entry)],
    ["has an unreadable role", () => web1().write(roleFile, "synchronize\r\n")],
  ])("[I] leaves nothing of a member that %s", async (_name, change) => {
    const { made } = await makeMember(managed);
    change();
    await managed.provider.delete(made);
    expect(web1().list("/var/cpanel/cluster")).toEqual([]);
    expect(web1().read(flag)).toBe("");
  });

  test("[I] leaves a reseller's copy and names it in a warning", async () => {
    const { made } = await makeMember(managed);
    const copy = "/var/cpanel/cluster/alice/config/192.0.2.11";
    web1().write(copy, "#version 2.0\n");
    web1().write(`${copy}-dnsrole`, "sync");
    await managed.provider.delete(made);
    expect(web1().list("/var/cpanel/cluster")).toEqual([copy, `${copy}-dnsrole`]);
    await managed.provider.prints("still hold it: alice");
  });

  test("[I] keeps the entry if the resource was renamed in the program", async () => {
    const { made, inputs } = await makeMember(managed);
    const logicalName = "organization/project/stack/renamed";
    const renamed = await managed.provider.create("DnsClusterMember", { ...inputs, logicalName });
    await managed.provider.delete(made);
    expect(await managed.provider.read(renamed)).toEqual({ ...renamed, inputs: {} });
    await managed.provider.delete(renamed);
    expect(web1().list("/var/cpanel/cluster")).toEqual([]);
  });
});

import { managedServers, withManagedServers } from "../helpers/managed-servers";
import { makeMember, makeToken, memberInputs } from "../helpers/resource-inputs";
import { ns1Entry } from "../helpers/server-files";

const { file: entry, role: roleFile, flag, down: downFlag } = ns1Entry;
const managed = managedServers();
const web1 = () => managed.simulator.files("web1");

describe("creating a member", () => {
  test("[I] writes only two files, readable only by root, and enables clustering", async () => {
    const { made, inputs } = await makeMember(managed);
    const text = `#version 2.0\nuser=root\nhost=ns1.example.com\npass=${inputs["token"] as string}\nmodule=cPanel\ndebug=0\n`;
    expect(made.id).toBe("web1/192.0.2.11");
    expect(web1().read(entry)).toBe(text);
    expect(web1().read(roleFile)).toBe("sync");
    expect([entry, roleFile].map((path) => web1().mode(path))).toEqual([0o600, 0o600]);
    expect(web1().read(flag)).toBe("");
    expect(web1().list("/var/cpanel/cluster")).toEqual([entry, roleFile]);
  });

  test("[I] creates the directories for root alone", async () => {
    await makeMember(managed);
    const directories = [
      "/var/cpanel/cluster",
      "/var/cpanel/cluster/root",
      "/var/cpanel/cluster/root/config",
    ];
    expect(directories.map((path) => web1().mode(path))).toEqual([0o700, 0o700, 0o700]);
  });

  test.each(["sync", "write-only", "standalone"])(
    "[I] writes the role %s without a line feed",
    async (role) => {
      await makeMember(managed, { role });
      expect(web1().read(roleFile)).toBe(role);
      expect(managed.simulator.members("web1")).toMatchObject([{ key: "192.0.2.11", role }]);
    },
  );

  test.each(["synchronize", "Synchronize"])("[I] writes sync for the word %s", async (role) => {
    const { made } = await makeMember(managed, { role });
    expect(web1().read(roleFile)).toBe("sync");
    expect(made.properties["role"]).toBe("sync");
  });

  test("[I] removes only WHM's caches of members", async () => {
    const root = "/var/cpanel/cluster/root";
    const stale = [`${root}/config_sync.cache`, `${root}/config_write-only_sync.cache`, `${entry}.cache`];
    for (const path of [...stale, `${entry}-state.json`, `${root}/config/192.0.2.99.cache`])
      web1().write(path, "old");
    await makeMember(managed);
    expect(web1().list(root)).toEqual([entry, roleFile, `${root}/config/192.0.2.99.cache`].sort());
  });

  test("[I] lets WHM use a member again that was switched off", async () => {
    web1().write(downFlag, "");
    await makeMember(managed);
    expect(web1().read(downFlag)).toBeUndefined();
  });

  test("[I] leaves a member switched off and prints a warning if the peer cannot be asked", async () => {
    await withManagedServers(async (own) => {
      const inputs = memberInputs(await makeToken(own));
      const files = own.simulator.files("web1");
      files.write(downFlag, "");
      own.simulator.fault("web1", "no-forwarding");
      own.simulator.fault("ns1", "refuse", { door: "api" });
      const made = await own.provider.create("DnsClusterMember", inputs);
      expect(files.read(downFlag)).toBe("");
      await own.provider.prints("stays switched off");

      own.simulator.clearFaults("ns1");
      await own.provider.update("DnsClusterMember", (await own.provider.read(made))!, inputs);
      expect(files.read(downFlag)).toBeUndefined();
    });
  });

  test("[I] accepts a complete or incomplete entry of an interrupted run", async () => {
    const { inputs } = await makeMember(managed);
    const cluster = () => web1().snapshot("/var/cpanel/cluster");
    const whole = cluster();
    await managed.provider.create("DnsClusterMember", inputs);
    expect(cluster()).toEqual(whole);
    web1().remove(roleFile);
    await managed.provider.create("DnsClusterMember", inputs);
    expect(cluster()).toEqual(whole);
    expect(web1().list("/var/cpanel/.pulumi-whm")).toHaveLength(2);
  });

  test("[I] returns a state that the engine can store, with the secret in `token` alone", async () => {
    const { made, inputs } = await makeMember(managed);
    const { token, ...others } = made.properties;
    expect(token).toBe(inputs["token"]);
    expect(JSON.stringify(others)).not.toContain(token);
    expect(Object.values(made.properties)).not.toContain(null);
    expect(others).not.toHaveProperty("adopt");
  });
});

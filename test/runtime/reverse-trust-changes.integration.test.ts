import { providerText } from "../../provider/resources/dynamic";
import { halfMade } from "../helpers/failed-write";
import { managedServers, withManagedServers } from "../helpers/managed-servers";
import { changes } from "../helpers/provider-process";
import { trustInputs } from "../helpers/resource-inputs";
import { makeTrust, trustToken, twoWebServers, web1Entry } from "../helpers/trusts";

const { file, role } = web1Entry;
const managed = managedServers(twoWebServers);
const web2 = () => managed.simulator.files("web2");

describe("reading a trust", () => {
  test("[I] finds no change", async () => {
    const { made } = await makeTrust(managed);
    expect(await managed.provider.read(made)).toEqual({ ...made, inputs: {} });
  });

  test.each([
    ["a role that sends zones", { role: "sync" }, () => web2().write(role, "sync")],
    [
      "a role that WHM cannot read",
      { role: expect.stringMatching(/^missing: /) as string },
      () => web2().write(role, "standalone\r\n"),
    ],
    ["a lost role file", { role: expect.stringMatching(/^missing: /) as string }, () => web2().remove(role)],
    ["a lost member file", { serverHostname: "" }, () => web2().remove(file)],
    ["another user", { user: "alice" }, () => edit("user=root", "user=alice")],
    ["another host name", { serverHostname: "x.example.com" }, () => edit("web1.example", "x.example")],
    ["another token", { token: "FOREIGN" }, () => edit(/pass=.*/, "pass=FOREIGN")],
  ])("[I] reports %s, and an update repairs it", async (_name, drift, change) => {
    const { made, inputs } = await makeTrust(managed);
    change();
    const found = (await managed.provider.read(made))!;
    expect(found.inputs).toMatchObject(drift);
    expect(await managed.provider.diff("ReverseTrust", found, inputs)).not.toMatchObject({
      changes: changes.none,
    });
    await managed.provider.update("ReverseTrust", found, inputs);
    expect(await managed.provider.read(made)).toEqual({ ...made, inputs: {} });
  });

  test("[I] reports it as gone, and deleting it succeeds", async () => {
    const { made } = await makeTrust(managed);
    web2().remove("/var/cpanel/cluster");
    expect(await managed.provider.read(made)).toBeUndefined();
    await managed.provider.delete(made);
  });

  function edit(from: string | RegExp, to: string): void {
    web2().write(file, web2().read(file)!.replace(from, to));
  }
});

describe("changing a trust", () => {
  test.each(["server", "peer", "serverAddress"])("[I] replaces it if its %s changes", async (key) => {
    const { made, inputs } = await makeTrust(managed);
    const news = { ...inputs, [key]: key === "serverAddress" ? "192.0.2.77" : "other" };
    expect(await managed.provider.diff("ReverseTrust", made, news)).toEqual({
      changes: changes.unknown,
      replaces: [key],
    });
  });

  test.each([
    ["serverHostname", "w.example.com"],
    ["user", "dnsadmin"],
    ["serverPublicAddress", "203.0.113.5"],
  ])("[I] updates a changed %s in place", async (key, value) => {
    const { made, inputs } = await makeTrust(managed);
    const news = { ...inputs, [key]: value };
    expect(await managed.provider.diff("ReverseTrust", made, news)).toEqual({
      changes: changes.unknown,
      replaces: [],
    });
  });

  test("[I] writes another token in place", async () => {
    const { made, inputs } = await makeTrust(managed);
    const token = await trustToken(managed, { logicalName: "project/stack/second" });
    const news = { ...inputs, token };
    expect(await managed.provider.diff("ReverseTrust", made, news)).toEqual({
      changes: changes.unknown,
      replaces: [],
    });
    await managed.provider.update("ReverseTrust", made, news);
    expect(web2().read(file)).toContain(`pass=${token}\n`);
  });

  test("[I] keeps the entry if a standalone link replaces the trust", async () => {
    const { made, inputs } = await makeTrust(managed);
    await managed.provider.create("DnsClusterMember", {
      server: "web2",
      peer: "web1",
      role: "standalone",
      token: inputs["token"]!,
      peerAddress: "192.0.2.10",
      peerHostname: "web1.example.com",
    });
    await managed.provider.delete(made);
    expect(managed.simulator.members("web2")).toMatchObject([{ key: "192.0.2.10", role: "standalone" }]);
  });
});

describe("a trust that cannot be confirmed", () => {
  test("[I] is created with a warning if the peer is too old to confirm it", async () => {
    await withManagedServers(
      async (own) => {
        const { made } = await makeTrust(own);
        expect(await own.provider.read(made)).toEqual({ ...made, inputs: {} });
        await own.provider.prints("web2 is older than version 11.84");
      },
      { web1: { type: "cpanel" }, web2: { type: "cpanel", version: "11.82.0.1" } },
    );
  });

  test.each([
    ["the peer cannot be asked", "html", { door: "api", operation: "cluster_member_has_trust_with" }],
    ["the disk is full", "disk-full", { door: "sftp", operation: "write", after: 2 }],
    [
      "the connection breaks between the files",
      "reset-after",
      { door: "sftp", operation: "rename", times: 1 },
    ],
  ] as const)(
    "[I] is saved, reported as incomplete or complete, and repaired if %s",
    async (_name, fault, how) => {
      const inputs = trustInputs(await trustToken(managed));
      managed.simulator.fault("web2", fault, how);
      const saved = await halfMade(managed.provider.create("ReverseTrust", inputs));
      managed.simulator.clearFaults();
      expect(saved.properties).toMatchObject({
        __provider: providerText("ReverseTrust"),
        token: inputs["token"],
      });
      expect(await managed.provider.diff("ReverseTrust", saved, inputs)).toMatchObject({
        changes: changes.some,
      });
      const found = await managed.provider.read(saved);
      const whole = found
        ? await managed.provider.update("ReverseTrust", found, inputs)
        : await managed.provider.create("ReverseTrust", inputs);
      expect(await managed.provider.read({ id: saved.id, properties: whole.properties })).toMatchObject({
        inputs: {},
      });
      expect(managed.simulator.members("web2")).toMatchObject([{ key: "192.0.2.10", role: "standalone" }]);
    },
  );

  test("[I] is saved as incomplete, with the way out, if the peer denies it", async () => {
    const inputs = trustInputs(await trustToken(managed), { serverAddress: "192.0.2.10" });
    managed.simulator.fault("web2", "lying-success", { door: "sftp", operation: "rename" });
    const { message } = await halfMade(managed.provider.create("ReverseTrust", inputs));
    expect(message).toMatch(/on web2: .*\[not-confirmed\]/);
  });

  test("[I] keeps an adopted entry for later if it fails half-way", async () => {
    web2().write(file, "#version 2.0\nmodule=cPanel\npass=HANDMADE\n");
    web2().write(role, "sync");
    const before = web2().snapshot("/var/cpanel/cluster");
    const inputs = trustInputs(await trustToken(managed), { adopt: true });
    managed.simulator.fault("web2", "reset-after", { door: "sftp", operation: "rename", times: 1 });
    const saved = await halfMade(managed.provider.create("ReverseTrust", inputs));
    const whole = await managed.provider.update("ReverseTrust", saved, inputs);
    await managed.provider.delete(whole);
    expect(web2().snapshot("/var/cpanel/cluster")).toEqual(before);
  });
});

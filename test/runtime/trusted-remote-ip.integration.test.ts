import { cleanFailure, halfMade } from "../helpers/failed-write";
import { managedServers } from "../helpers/managed-servers";
import { changes, ProviderProcess, type CreatedResource } from "../helpers/provider-process";

const file = "/etc/ips.remotedns";
const managed = managedServers();
const web1 = () => managed.simulator.files("web1");
const inputs = { server: "web1", address: "192.0.2.53" };

const create = (address = "192.0.2.53"): Promise<CreatedResource> =>
  managed.provider.create("TrustedRemoteIp", { server: "web1", address });

describe("adding a trusted address", () => {
  test("[I] creates the file if there is none, and the file is removed with the last line", async () => {
    const made = await create();
    expect([web1().read(file), web1().mode(file)]).toEqual(["192.0.2.53\n", 0o644]);
    expect(made).toMatchObject({ id: "web1/192.0.2.53", properties: inputs });
    await managed.provider.delete(made);
    expect(web1().read(file)).toBeUndefined();
  });

  test.each([
    ["an empty file", "", "192.0.2.53\n"],
    ["a last line without a line feed", "10.0.0.1", "10.0.0.1\n192.0.2.53"],
    ["CRLF", "10.0.0.1\r\n10.0.0.2\r\n", "10.0.0.1\r\n10.0.0.2\r\n192.0.2.53\n"],
    ["comments and blank lines", "# ours\n\n10.0.0.1 \n\n", "# ours\n\n10.0.0.1 \n\n192.0.2.53\n"],
    ["bytes that are not text", Buffer.from([0xff, 0xfe, 0x0a]), "ÿþ\n192.0.2.53\n"],
    [
      "a longer address that begins the same",
      "192.0.2.530\n1192.0.2.53\n",
      "192.0.2.530\n1192.0.2.53\n192.0.2.53\n",
    ],
    ["the address in a comment", "# 192.0.2.53\n", "# 192.0.2.53\n192.0.2.53\n"],
  ])("[I] keeps %s byte for byte, also after the removal", async (_name, before, after) => {
    web1().write(file, before);
    const snapshot = web1().snapshot();
    const made = await create();
    expect(web1().read(file)).toBe(after);
    await managed.provider.delete(made);
    expect(web1().snapshot()).toEqual(snapshot);
  });

  test.each(["192.0.2.53\n", "10.0.0.1\n192.0.2.53\r\n", "192.0.2.53"])(
    "[I] leaves a line that already existed in its place, also on delete: %j",
    async (before) => {
      web1().write(file, before);
      const made = await create();
      expect(web1().read(file)).toBe(before);
      await managed.provider.delete(made);
      expect(web1().read(file)).toBe(before);
    },
  );

  test("[I] keeps the mode and the lists of other servers as they are", async () => {
    web1().write(file, "10.0.0.1\n", 0o640);
    web1().write("/etc/ips.dnsmaster", "192.0.2.10\n");
    const made = await create();
    await managed.provider.delete(made);
    expect(web1().mode(file)).toBe(0o640);
    expect(web1().read("/etc/ips.dnsmaster")).toBe("192.0.2.10\n");
  });

  test("[I] accepts an IPv6 address", async () => {
    const made = await create("2001:db8::53");
    expect(web1().read(file)).toBe("2001:db8::53\n");
    expect(await managed.provider.read(made)).toBeDefined();
  });
});

describe("many trusted addresses", () => {
  const addresses = Array.from({ length: 30 }, (_, index) => `192.0.2.${100 + index}`);

  test("[I] are all written at once, one line each, and all removed at once with the file", async () => {
    const made = await Promise.all(addresses.map((address) => create(address)));
    expect(web1().read(file)!.split("\n").sort()).toEqual(["", ...addresses].sort());
    await Promise.all(made.map((each) => managed.provider.delete(each)));
    expect(web1().read(file)).toBeUndefined();
    expect(
      web1()
        .list("/var/cpanel")
        .filter((path) => path.includes("pulumi-whm")),
    ).toEqual([]);
  });

  test("[I] remove the file with the last one if they created it", async () => {
    const [first, second] = [await create("10.0.0.1"), await create("10.0.0.2")];
    await managed.provider.delete(first);
    expect(web1().read(file)).toBe("10.0.0.2\n");
    await managed.provider.delete(second);
    expect(web1().read(file)).toBeUndefined();
  });

  test("[I] remove the file in a later run too, if the line that created it was lost meanwhile", async () => {
    await create("10.0.0.1");
    const second = await create("10.0.0.2");
    web1().write(file, "10.0.0.2\n");
    const later = await ProviderProcess.start({ "whm:servers": JSON.stringify(managed.simulator.servers) });
    try {
      await later.delete(second);
      expect(web1().read(file)).toBeUndefined();
    } finally {
      await later.stop();
    }
  });

  test("[I] leave an empty file that is not ours", async () => {
    web1().write(file, "");
    await managed.provider.delete(await create("10.0.0.1"));
    expect(web1().read(file)).toBe("");
  });
});

describe("a trusted address that changes on the server or in the program", () => {
  test.each([
    ["lost line", "10.0.0.1\n"],
    ["lost file", undefined],
  ])("[I] is reported as gone after a %s", async (_name, text) => {
    const made = await create();
    if (text === undefined) web1().remove(file);
    else web1().write(file, text);
    expect(await managed.provider.read(made)).toBeUndefined();
    await managed.provider.delete(made);
    expect(web1().read(file)).toBe(text);
  });

  test("[I] is unchanged if only other lines change", async () => {
    const made = await create();
    web1().write(file, "# new\r\n192.0.2.53\r\n10.0.0.9");
    expect(await managed.provider.read(made)).toEqual({ ...made, inputs: {} });
  });

  test.each(["server", "address"])("[I] is replaced if another %s is declared", async (key) => {
    const made = await create();
    const news = { ...inputs, [key]: key === "server" ? "web2" : "192.0.2.54" };
    expect(await managed.provider.diff("TrustedRemoteIp", made, news)).toEqual({
      changes: changes.unknown,
      replaces: [key],
    });
    expect(await managed.provider.diff("TrustedRemoteIp", made, inputs)).toEqual({
      changes: changes.none,
      replaces: [],
    });
  });

  test("[I] is unchanged if its stack is renamed", async () => {
    const made = await create();
    const news = { ...inputs, logicalName: "organization/project/renamed/TrustedRemoteIp" };
    const { changes: answer, replaces } = await managed.provider.diff("TrustedRemoteIp", made, news);
    expect([answer, replaces]).toEqual([changes.none, []]);
  });

  test("[I] is kept if its resource is renamed in the program", async () => {
    const made = await create();
    const logicalName = "organization/project/stack/renamed";
    const renamed = await managed.provider.create("TrustedRemoteIp", { ...inputs, logicalName });
    await managed.provider.delete(made);
    expect(await managed.provider.read(renamed)).toEqual({ ...renamed, inputs: {} });
    await managed.provider.delete(renamed);
    expect(web1().read(file)).toBeUndefined();
  });

  test("[I] is kept while another stack needs it, and removed with the last one", async () => {
    const before = web1().snapshot();
    const first = await create();
    const logicalName = "organization/project/other/TrustedRemoteIp";
    const second = await managed.provider.create("TrustedRemoteIp", { ...inputs, logicalName });
    await managed.provider.delete(first);
    expect(web1().read(file)).toBe("192.0.2.53\n");
    await managed.provider.delete(second);
    expect(web1().snapshot()).toEqual(before);
  });

  test.each([
    ["its line is removed with the file that it created", undefined],
    ["a line that existed before it stays", "192.0.2.53\n"],
    ["a file that was empty before it stays", ""],
  ])("[I] is drift if its claim is lost, and is claimed again; on delete %s", async (_what, text) => {
    if (text !== undefined) web1().write(file, text);
    const made = await create();
    for (const path of web1().list("/var/cpanel/.pulumi-whm")) web1().remove(path);
    const found = (await managed.provider.read(made))!;
    expect(found.inputs).toMatchObject({ unclaimed: true });
    expect(await managed.provider.diff("TrustedRemoteIp", found, inputs)).toMatchObject({
      changes: changes.some,
    });
    const whole = await managed.provider.update("TrustedRemoteIp", found, inputs);
    expect(whole.properties).not.toHaveProperty("unclaimed");
    expect(await managed.provider.read(whole)).toMatchObject({ inputs: {} });
    await managed.provider.delete(whole);
    expect(web1().read(file)).toBe(text);
  });
});

test("[I] a trusted address that could not be claimed is not ours if somebody else adds it", async () => {
  managed.simulator.fault("web1", "reset", { door: "sftp", operation: "write", times: 1 });
  await cleanFailure(create());
  managed.simulator.clearFaults();
  web1().write(file, "192.0.2.53\n");
  await managed.provider.delete(await create());
  expect(web1().read(file)).toBe("192.0.2.53\n");
});

// The record of the server and the claim are written before the file.
describe.each([
  ["the connection breaks after the write", "reset-after", { operation: "write", after: 2, times: 1 }],
  ["the connection breaks before the write", "reset", { operation: "write", after: 2, times: 1 }],
  ["the server lies about writing", "lying-success", { operation: "write", after: 1 }],
] as const)("a trusted address that cannot be added because %s", (_name, fault, how) => {
  test("[I] is saved, completed by the next update, and removed on delete", async () => {
    web1().write(file, "10.0.0.1\n");
    managed.simulator.fault("web1", fault, { door: "sftp", ...how });
    const saved = await halfMade(create());
    managed.simulator.clearFaults();
    const whole = await managed.provider.update("TrustedRemoteIp", saved, inputs);
    expect(web1().read(file)).toBe("10.0.0.1\n192.0.2.53\n");
    await managed.provider.delete(whole);
    expect(web1().read(file)).toBe("10.0.0.1\n");
  });
});

import { ServerRegistry } from "../../provider/servers";

const directory = new ServerRegistry({ web1: { type: "cpanel" }, ns1: { type: "dnsonly" } } as never);

describe("a server registry", () => {
  test("[U] returns the same session for a name every time", () => {
    expect(directory.get("ns1")).toBe(directory.get("ns1"));
    expect(directory.names()).toEqual(["web1", "ns1"]);
  });

  test("[U] answers an unknown name with the nearest one and all known ones", () => {
    expect(() => directory.get("ns2")).toThrow(
      "Failed to find the server on ns2: the provider has no server named ns2 [unknown-server]. Did you mean ns1? Known: web1, ns1.",
    );
    expect(() => directory.get("database")).toThrow(/\[unknown-server\]\. Known: web1, ns1\./);
  });

  test("[U] finds the name of a server by either of its addresses", () => {
    const behindNat = { type: "dnsonly", address: "10.0.0.53", publicAddress: "203.0.113.53" };
    const known = new ServerRegistry({ web1: { type: "cpanel" }, ns1: behindNat } as never);
    expect(["10.0.0.53", "203.0.113.53", "10.0.0.5"].map((address) => known.nameAt(address))).toEqual([
      "ns1",
      "ns1",
      undefined,
    ]);
  });

  test("[U] tells the name of a server by its IPv6 address, however it is written", () => {
    const known = new ServerRegistry({ ns1: { type: "dnsonly", address: "2001:DB8:0:0::53" } } as never);
    expect(
      ["2001:db8::53", "2001:0db8::0053", "2001:db8::54", "fe80::1%eth0"].map((it) => known.nameAt(it)),
    ).toEqual(["ns1", "ns1", undefined, undefined]);
  });

  test("[U] treats the name of a property of every object as unknown", () => {
    expect(() => directory.get("constructor")).toThrow(/unknown-server/);
  });

  test("[U] explains what to add to a server without a connection", async () => {
    await expect(directory.get("ns1").files()).rejects.toMatchObject({
      code: "missing-credential",
      server: "ns1",
    });
    await expect(directory.get("ns1").run(["x"])).rejects.toThrow(/Add connection/);
  });
});

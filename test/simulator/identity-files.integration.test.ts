import { whm } from "./helpers/https-client";
import { simulate, stopSimulations } from "./helpers/simulation";

afterEach(stopSimulations);

const hostname = "/etc/hostname";
const machineId = "/etc/machine-id";
const mainAddress = "/var/cpanel/mainip";

const behindNat = { type: "dnsonly", address: "10.0.0.53", publicAddress: "203.0.113.53" } as const;

describe("the files that identify a server", () => {
  test("[I] hold its host name, its machine id and its private address", async () => {
    const { sim } = await simulate({ servers: { ns1: behindNat } });
    const files = sim.files("ns1");
    expect(files.read(hostname)).toBe("ns1.example.com\n");
    expect(files.read(machineId)).toMatch(/^[0-9a-f]{32}\n$/);
    expect(files.read(mainAddress)).toBe("10.0.0.53");
    expect([hostname, machineId, mainAddress].map((path) => files.mode(path))).toEqual([0o644, 0o444, 0o644]);
  });

  test("[I] are the same in every simulator, with a different machine id for each server", async () => {
    const servers = { ns1: behindNat, ns2: { type: "dnsonly" } } as const;
    const [one, other] = [await simulate({ servers }), await simulate({ servers })];
    const idOf = ({ sim }: typeof one, name: string) => sim.files(name).read(machineId);
    expect(idOf(one, "ns1")).toBe(idOf(other, "ns1"));
    expect(idOf(one, "ns1")).not.toBe(idOf(one, "ns2"));
  });

  test("[I] determine what the API answers for a renamed machine and one restored from another's backup", async () => {
    const { sim, server } = await simulate({ servers: { ns1: behindNat } });
    sim.files("ns1").write(hostname, "moved.example.net\n");
    sim.files("ns1").write(mainAddress, "10.0.0.99");
    expect((await whm(server("ns1"), "gethostname")).data).toEqual({ hostname: "moved.example.net" });
    expect((await whm(server("ns1"), "listips")).data).toMatchObject({
      ip: [{ ip: "10.0.0.99", public_ip: "203.0.113.53", network: "10.0.0.0" }],
    });
  });

  test("[I] may be missing, and the API then answers as declared", async () => {
    const { sim, server } = await simulate({ servers: { ns1: behindNat } });
    sim.files("ns1").remove(hostname);
    sim.files("ns1").remove(mainAddress);
    expect((await whm(server("ns1"), "gethostname")).data).toEqual({ hostname: "ns1.example.com" });
    expect((await whm(server("ns1"), "listips")).data).toMatchObject({ ip: [{ ip: "10.0.0.53" }] });
  });

  test("[I] are replaced by files that a server is given", async () => {
    const { sim } = await simulate({
      servers: { ns1: { ...behindNat, files: { [machineId]: "0123456789abcdef0123456789abcdef\n" } } },
    });
    expect(sim.files("ns1").read(machineId)).toBe("0123456789abcdef0123456789abcdef\n");
  });
});

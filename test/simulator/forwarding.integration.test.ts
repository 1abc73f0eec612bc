import { administratorAddress } from "../../provider/simulator";
import { whm, type Envelope } from "./helpers/https-client";
import { anything, like } from "./helpers/matchers";
import { simulate, stopSimulations } from "./helpers/simulation";
import { forwardTo } from "./helpers/ssh-client";

afterEach(stopSimulations);

async function pair() {
  const simulation = await simulate({
    servers: {
      web1: { type: "cpanel", address: "192.0.2.10" },
      web2: { type: "cpanel", address: "192.0.2.20" },
      ns1: {
        type: "dnsonly",
        address: "10.0.0.53",
        publicAddress: "203.0.113.53",
        hostname: "NS1.example.net",
      },
    },
  });
  const { server, ssh } = simulation;
  const pinned = await whm(server("ns1"), "api_token_create", {
    token_name: "pinned",
    acl: "clustering",
    whitelist_ip: "192.0.2.10",
  });
  const authorization = `whm root:${String(pinned.data?.token)}`;
  const callFrom = async (name: string, host: string, port = 2087): Promise<Envelope> => {
    const over = await forwardTo(await ssh(name), host, port);
    return whm(server("ns1"), "version", {}, { authorization, over });
  };
  return { ...simulation, callFrom, authorization };
}

describe("forwarded channels", () => {
  test.each(["203.0.113.53", "ns1.example.net"])(
    "[I] %s leads to the other server, which sees the address of the one in between",
    async (host) => {
      const { callFrom } = await pair();
      expect(await callFrom("web1", host)).toMatchObject({ metadata: { result: 1 } });
    },
  );

  test("[I] a token for web1 alone is refused from web2 and from the desk, even at the same time", async () => {
    const { callFrom, server, authorization } = await pair();
    const [fromWeb1, fromWeb2, fromDesk] = await Promise.all([
      callFrom("web1", "203.0.113.53"),
      callFrom("web2", "203.0.113.53"),
      whm(server("ns1"), "version", {}, { authorization }),
    ]);
    expect(fromWeb1).toMatchObject({ metadata: { result: 1 } });
    expect([fromWeb2, fromDesk]).toEqual([
      like({ cpanelresult: anything() }),
      like({ cpanelresult: anything() }),
    ]);
  });

  test("[I] the desk has an address of its own", async () => {
    const { server } = await pair();
    const made = await whm(server("web1"), "api_token_create", {
      token_name: "d",
      whitelist_ip: administratorAddress,
    });
    const authorization = `whm root:${String(made.data?.token)}`;
    expect(await whm(server("web1"), "version", {}, { authorization })).toMatchObject({
      metadata: { result: 1 },
    });
  });

  test("[I] loopback leads to the server itself", async () => {
    const { server, ssh } = await pair();
    const over = await forwardTo(await ssh("web2"), "127.0.0.1", 2087);
    const reply = await whm(server("web2"), "gethostname", {}, { over });
    expect(reply.data).toEqual({ hostname: "web2.example.com" });
  });

  test.each([
    ["an address that no server has", "192.0.2.99", 2087],
    ["a port where nothing listens", "203.0.113.53", 2086],
  ])("[I] %s is a failed connection", async (_, host, port) => {
    const { ssh } = await pair();
    await expect(forwardTo(await ssh("web1"), host, port)).rejects.toMatchObject({ reason: 2 });
  });

  test("[I] a door that refuses connections is a failed connection", async () => {
    const { ssh, sim } = await pair();
    sim.fault("ns1", "refuse", { door: "api" });
    await expect(forwardTo(await ssh("web1"), "203.0.113.53", 2087)).rejects.toMatchObject({ reason: 2 });
  });

  test("[I] where forwarding is forbidden the answer is that of sshd, on connections that are open and new ones", async () => {
    const { ssh, sim } = await pair();
    const before = await ssh("web1");
    sim.fault("web1", "no-forwarding");
    await expect(forwardTo(before, "203.0.113.53", 2087)).rejects.toMatchObject({ reason: 1 });
    await expect(forwardTo(await ssh("web1"), "203.0.113.53", 2087)).rejects.toMatchObject({ reason: 1 });
    sim.clearFaults("web1");
    (await forwardTo(before, "203.0.113.53", 2087)).destroy();
  });

  test("[I] port 22 leads to the SSH door of another server, as through a bastion", async () => {
    const { ssh, sim } = await pair();
    const channel = await forwardTo(await ssh("web1"), "203.0.113.53", 22);
    const banner = await new Promise<string>((resolve) =>
      channel.once("data", (data: Buffer) => resolve(data.toString())),
    );
    expect(banner).toMatch(/^SSH-2\.0-/);
    channel.destroy();
    expect(sim.journal()).toContainEqual({
      server: "web1",
      door: "ssh",
      operation: "forward",
      target: "203.0.113.53:22",
      write: false,
    });
  });
});

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
    "[I] a channel to %s reaches the other server, which sees the address of the server between",
    async (host) => {
      const { callFrom } = await pair();
      expect(await callFrom("web1", host)).toMatchObject({ metadata: { result: 1 } });
    },
  );

  test("[I] a token for web1 alone is refused from web2 and from the client machine, even at the same time", async () => {
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

  test("[I] the client machine has its own address", async () => {
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

  test("[I] a channel to loopback reaches the server itself", async () => {
    const { server, ssh } = await pair();
    const over = await forwardTo(await ssh("web2"), "127.0.0.1", 2087);
    const reply = await whm(server("web2"), "gethostname", {}, { over });
    expect(reply.data).toEqual({ hostname: "web2.example.com" });
  });

  test.each([
    ["an address that no server has", "192.0.2.99", 2087],
    ["a port where nothing listens", "203.0.113.53", 2086],
  ])("[I] a channel to %s fails", async (_, host, port) => {
    const { ssh } = await pair();
    await expect(forwardTo(await ssh("web1"), host, port)).rejects.toMatchObject({ reason: 2 });
  });

  test("[I] a channel to an API that refuses connections fails", async () => {
    const { ssh, sim } = await pair();
    sim.fault("ns1", "refuse", { door: "api" });
    await expect(forwardTo(await ssh("web1"), "203.0.113.53", 2087)).rejects.toMatchObject({ reason: 2 });
  });

  test("[I] a channel is refused as by sshd where forwarding is forbidden, on open and new connections", async () => {
    const { ssh, sim } = await pair();
    const before = await ssh("web1");
    sim.fault("web1", "no-forwarding");
    await expect(forwardTo(before, "203.0.113.53", 2087)).rejects.toMatchObject({ reason: 1 });
    await expect(forwardTo(await ssh("web1"), "203.0.113.53", 2087)).rejects.toMatchObject({ reason: 1 });
    sim.clearFaults("web1");
    (await forwardTo(before, "203.0.113.53", 2087)).destroy();
  });

  test("[I] a channel to port 22 reaches the SSH server of another server, as through a bastion", async () => {
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

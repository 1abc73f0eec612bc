import { once } from "node:events";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { startSimulator, type Simulator } from "../../../provider/simulator";
import { webAndNameserver } from "../../helpers/managed-servers";
import { ProviderProcess } from "../../helpers/provider-process";
import { makeToken, memberInputs, tokenInputs } from "../../helpers/resource-inputs";
import { ns1Entry } from "../../helpers/server-files";

/**
 * Much longer than it takes from three refused connections to the end of a process: a second, and five more if work is under
 * way. Whoever has not noticed stays for ever.
 */
const soon = 20_000;

/** What a provider process sees of its engine: a port that takes connections. */
class Engine {
  private readonly sockets = new Set<Socket>();
  connections = 0;
  private readonly server: Server = createServer((socket) => {
    this.connections += 1;
    this.sockets.add(socket.on("error", () => undefined));
  });

  async start(): Promise<string> {
    await once(this.server.listen(0, "127.0.0.1"), "listening");
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** As gRPC does with a connection on which nobody speaks. */
  dropConnections(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  die(): void {
    this.server.close();
    this.dropConnections();
  }
}

describe("a provider process", () => {
  let simulator: Simulator;
  let engine: Engine;
  let provider: ProviderProcess;
  beforeEach(async () => {
    simulator = await startSimulator({ servers: webAndNameserver });
    engine = new Engine();
    const configuration = { "whm:servers": JSON.stringify(simulator.servers) };
    provider = await ProviderProcess.start(configuration, [], await engine.start());
  });
  afterEach(async () => {
    engine.die();
    await provider.stop();
    await simulator.stop();
  });

  const writesTo = (directory: string) =>
    new Promise<void>((resolve) => {
      const end = simulator.watch(({ write, target }) => {
        if (!write || !target.startsWith(directory)) return;
        end();
        resolve();
      });
    });
  const writes = () => simulator.journal().filter(({ write }) => write).length;

  test("[I] exits soon after its engine is gone", async () => {
    await provider.create("ApiToken", tokenInputs());
    engine.die();
    expect(await provider.endsWithin(soon)).toBe(true);
  });

  test("[I] continues when the engine closes its connection", async () => {
    await provider.create("ApiToken", tokenInputs());
    for (let times = 1; times <= 4; times += 1) {
      engine.dropConnections();
      while (engine.connections === times) await pause(20);
    }
    expect(await provider.endsWithin(1_500)).toBe(false);
    await provider.create("ApiToken", tokenInputs({ logicalName: "project/stack/another" }));
  });

  test("[I] completes the work under way when its engine is gone, and starts none that waits", async () => {
    const token = await makeToken({ simulator, provider });
    const address = "192.0.2.77";
    simulator.fault("web1", "slow", { ms: 100, door: "sftp" });
    const inMember = writesTo("/var/cpanel/cluster");
    const asked = [provider.create("DnsClusterMember", memberInputs(token))];
    await inMember;
    asked.push(provider.create("TrustedRemoteIp", { server: "web1", address }));
    engine.die();
    expect(await provider.endsWithin(soon)).toBe(true);
    await Promise.allSettled(asked);
    const files = simulator.files("web1");
    expect(files.read(ns1Entry.file)).toContain(`pass=${token}`);
    expect(files.read(ns1Entry.role)).toBe("sync");
    expect(files.read("/etc/ips.remotedns")).toBeUndefined();
    const after = writes();
    await pause(200);
    expect(writes()).toBe(after);
  });

  test("[I] does not wait for a server that never answers", async () => {
    simulator.fault("ns1", "silent", { door: "api", operation: "api_token_create" });
    const asked = provider.create("ApiToken", tokenInputs()).catch(() => undefined);
    while (!simulator.journal().some(({ operation }) => operation === "api_token_create")) await pause(20);
    engine.die();
    expect(await provider.endsWithin(soon)).toBe(true);
    await asked;
  });
});

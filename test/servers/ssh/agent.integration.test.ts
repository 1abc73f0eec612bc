import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AgentProtocol, type BaseAgent, type ParsedKey, utils } from "ssh2";
import { makeKeyPair } from "../../../provider/simulator/credentials";
import { ErrorReporter } from "../../../provider/servers/errors";
import { agentOf } from "../../../provider/servers/ssh/agent";
import { parseCertificate } from "../../../provider/servers/ssh/certificates/certificate";
import { certificateOf, certifiedKey } from "../../../provider/servers/ssh/certificates/certified-key";
import { keyFingerprint } from "../../../provider/servers/ssh/host-key";
import { Secret } from "../../../provider/servers/secret";
import { SocketAgent } from "../../../provider/servers/ssh/socket-agent";
import { ServerRegistry } from "../../../provider/servers";
import { keyPair } from "../helpers/keys";
import { startSshHost } from "../helpers/ssh-host";
import { certificateText, makeCertificate } from "../helpers/make-certificate";

const folder = mkdtempSync(join(tmpdir(), "pulumi-whm-agent-"));
const agents: Server[] = [];
afterAll(() => {
  for (const agent of agents) agent.close();
  rmSync(folder, { recursive: true });
});

function newKey(comment: string): ParsedKey {
  const key = utils.parseKey(makeKeyPair().publicKey) as ParsedKey;
  key.comment = comment;
  return key;
}

/** An agent that lists these keys. */
async function startAgent(keys: readonly ParsedKey[]): Promise<string> {
  const socket = join(folder, `agent-${agents.length}`);
  const agent = createServer((stream) => {
    const protocol = new AgentProtocol(false);
    protocol.on("identities", (request) => protocol.getIdentitiesReply(request, [...keys]));
    protocol.pipe(stream).pipe(protocol);
  });
  agents.push(agent);
  await new Promise<void>((resolve) => agent.listen(socket, resolve));
  return socket;
}

function choose(
  agentSocket: string | undefined,
  identity: string | undefined,
  certificate?: string,
): ReturnType<typeof agentOf> {
  const text = certificate === undefined ? undefined : new Secret(certificate);
  const given = text && { text, place: "connection.certificate", isImplied: false };
  return agentOf({ agentSocket, identity, certificate: given }, new ErrorReporter("ns1"));
}

async function listed(agent: BaseAgent): Promise<string[]> {
  return new Promise((resolve, reject) => {
    agent.getIdentities((error, keys) => {
      if (error) reject(error);
      else resolve((keys as ParsedKey[]).map((key) => keyFingerprint(key.getPublicSSH())));
    });
  });
}

describe("a key of an agent with many", () => {
  const keys = Array.from({ length: 7 }, (_, index) => newKey(`key ${index}`));
  const fifth = keys[5]!.getPublicSSH();

  test.each([
    ["its public key", `ssh-ed25519 ${fifth.toString("base64")} somebody`],
    ["its fingerprint", keyFingerprint(fifth)],
  ])("[I] is chosen by %s, and no other one is offered", async (_how, identity) => {
    const agent = await choose(await startAgent(keys), identity);
    expect(await listed(agent as BaseAgent)).toEqual([keyFingerprint(fifth)]);
  });

  test("[I] that it does not have is refused with what it has", async () => {
    const { publicKey } = makeKeyPair();
    const noisy = newKey(`spoof\u001b[2J\n${"long ".repeat(40)}`);
    const refused = choose(await startAgent([keys[0]!, noisy]), publicKey);
    await expect(refused).rejects.toMatchObject({ code: "missing-credential", server: "ns1" });
    const { message } = (await refused.catch((error: unknown) => error)) as Error;
    expect(message).toContain(
      `It has ssh-ed25519 ${keyFingerprint(keys[0]!.getPublicSSH())} (key 0), ssh-ed25519 SHA256:`,
    );
    expect(message).toContain("(spoof [2J long long");
    expect(message.length).toBeLessThan(500);
  });

  test("[I] is refused if the agent is empty, missing or answers nothing of use", async () => {
    const identity = keyFingerprint(fifth);
    await expect(choose(await startAgent([]), identity)).rejects.toThrow("It has none that can be used.");
    const none = join(folder, "none");
    await expect(choose(none, identity)).rejects.toMatchObject({
      code: "missing-credential",
      message: expect.stringContaining(`the agent at ${none} does not list its keys`) as string,
    });
  });

  test("[I] is not asked for without `identity`", async () => {
    expect(await choose("/nowhere", undefined)).toBeDefined();
    expect(await choose(undefined, undefined)).toBeUndefined();
  });
});

describe("an agent that does not answer", () => {
  /** Lists these keys, if any are given, and answers nothing else. */
  async function startSilent(keys?: readonly ParsedKey[]): Promise<{ socket: string; agent: Server }> {
    const socket = join(folder, `agent-${agents.length}`);
    const agent = createServer((stream) => {
      stream.unref().on("error", () => undefined);
      const protocol = new AgentProtocol(false);
      if (keys) protocol.on("identities", (request) => protocol.getIdentitiesReply(request, [...keys]));
      protocol.pipe(stream).pipe(protocol);
    });
    agents.push(agent);
    await new Promise<void>((resolve) => agent.listen(socket, resolve));
    return { socket, agent };
  }
  const pipes = (): number => process.getActiveResourcesInfo().filter((name) => name === "PipeWrap").length;

  test("[I] does not keep the process alive", async () => {
    const { socket, agent } = await startSilent();
    const before = pipes();
    new SocketAgent(socket).getIdentities(() => undefined);
    const [stream] = (await once(agent, "connection")) as [Socket];
    const during = pipes();
    stream.destroy();
    expect(during).toBe(before);
  });

  test("[I] is named if it lists its keys and does not sign in time", async () => {
    const clientKey = keyPair();
    const host = await startSshHost({ clientKey });
    const { socket } = await startSilent([utils.parseKey(clientKey.publicKey) as ParsedKey]);
    const { privateKey: _key, ...given } = host.connection;
    const connection = { ...given, agentSocketPath: socket, perDialTimeout: 1 };
    const servers = new ServerRegistry({ ns1: { type: "dnsonly", connection } });
    await expect(servers.get("ns1").files()).rejects.toMatchObject({
      code: "timed-out",
      said: `no log-in within 1 second; the agent (connection.agentSocketPath ${socket}) was asked last`,
      wayOut: expect.stringContaining("waits for a touch or a yes") as string,
    });
    await servers.close();
    await host.stop();
  });
});

describe("certificates of an agent", () => {
  const key = newKey("key");
  const own = key.getPublicSSH();
  const certificate = (keyId: string): ParsedKey =>
    certifiedKey(key, parseCertificate(makeCertificate({ key: own, type: 1, keyId }))!);
  const [first, second, other] = [certificate("first"), certificate("second"), newKey("other")];

  /** Names what is offered, in its order. */
  async function offered(...words: [identity: string | undefined, certificate?: string]): Promise<string[]> {
    const agent = await choose(await startAgent([other, key, first, second]), ...words);
    const keys = await new Promise<ParsedKey[]>((resolve, reject) => {
      agent!.getIdentities((error, listed) => (error ? reject(error) : resolve(listed as ParsedKey[])));
    });
    return keys.map((each) => certificateOf(each)?.keyId ?? each.comment);
  }

  const textOf = (shown: ParsedKey): string =>
    `ssh-ed25519-cert-v01@openssh.com ${shown.getPublicSSH().toString("base64")} somebody`;

  test("[I] are listed beside the keys, in its order", async () => {
    expect(await offered(undefined)).toEqual(["other", "key", "first", "second"]);
  });

  test("[I] are offered before the key that is chosen", async () => {
    expect(await offered(keyFingerprint(own))).toEqual(["first", "second", "key"]);
    expect(await offered(`ssh-ed25519 ${own.toString("base64")}`)).toEqual(["first", "second", "key"]);
  });

  test("[I] are chosen one by one too", async () => {
    expect(await offered(textOf(second))).toEqual(["second"]);
  });

  test("[I] give way to one that the connection names for a key of the agent", async () => {
    const named = certificateText({ key: own, keyId: "named" });
    expect(await offered(undefined, named)).toEqual(["named", "key"]);
    expect(await offered(keyFingerprint(own), named)).toEqual(["named", "key"]);
    const stranger = certificateText({});
    await expect(offered(undefined, stranger)).rejects.toMatchObject({ code: "missing-credential" });
    await expect(offered(keyFingerprint(own), stranger)).rejects.toThrow("the agent does not have the key");
    const text = certificateText({ key: own, before: 1n });
    await expect(offered(undefined, text)).rejects.toThrow("it expired on 1970-01-01 00:00 UTC");
  });
});

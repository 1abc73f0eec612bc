import { isTokenAlive } from "../../../provider/runtime/token/alive";
import type { ServersInput } from "../../../provider/schema/server";
import { parse } from "../../../provider/schema/parse";
import { servers as schema } from "../../../provider/schema/server";
import { ServerRegistry, apiTokenCreate, apiTokenRevoke } from "../../../provider/servers";
import { startSimulator, type Simulator } from "../../../provider/simulator";
import { webAndNameserver } from "../../helpers/managed-servers";
import { writes } from "../../helpers/server-files";

let simulator: Simulator;
let ahead = 0;
const opened: ServerRegistry[] = [];
beforeAll(async () => {
  simulator = await startSimulator({ servers: webAndNameserver, clock: () => Date.now() + ahead });
});
afterEach(async () => {
  ahead = 0;
  simulator.clearFaults();
  await Promise.all(opened.splice(0).map((directory) => directory.close()));
});
afterAll(() => simulator.stop());

/** The servers, with other settings for ns1 or web1. */
function open(more: Record<string, object> = {}): ServerRegistry {
  const settings = Object.entries(simulator.servers).map(([name, server]) => [
    name,
    { ...server, ...more[name] },
  ]);
  const directory = new ServerRegistry(
    parse(schema, Object.fromEntries(settings) as ServersInput, "The servers"),
  );
  opened.push(directory);
  return directory;
}

const withApi = {};
const withoutApi = { ns1: { api: undefined } };

let made = 0;
async function makeToken(more: { expiresAt?: number; whitelistIps?: string[] } = {}) {
  const tokenName = `hand-made-${++made}`;
  const { api } = open().get("ns1");
  const { token } = await apiTokenCreate(api, { tokenName, acls: ["clustering"], ...more });
  simulator.clearJournal();
  return { token: token.reveal(), revoke: () => apiTokenRevoke(api, { tokenName }) };
}

function ask(token: string, settings: Record<string, object> = withApi, user = "root") {
  const directory = open(settings);
  return isTokenAlive({
    from: directory.get("web1"),
    to: directory.get("ns1"),
    address: "192.0.2.11",
    user,
    token,
  });
}

const operations = (): string[] => simulator.journal().map(({ door, operation }) => `${door} ${operation}`);

describe.each([
  ["its own API", withApi],
  ["a call from the server that uses it", withoutApi],
])("the state of a stored token, found with %s", (_name, settings) => {
  test("[I] is valid until the token is revoked", async () => {
    const { token, revoke } = await makeToken();
    expect(await ask(token, settings)).toBe(true);
    expect(writes(simulator)).toEqual([]);
    await revoke();
    expect(await ask(token, settings)).toBe(false);
  });

  test("[I] is invalid after the token has expired", async () => {
    const { token } = await makeToken({ expiresAt: Math.floor(Date.now() / 1000) + 3600 });
    expect(await ask(token, settings)).toBe(true);
    ahead = 7200_000;
    expect(await ask(token, settings)).toBe(false);
  });

  test("[I] is unknown and an error while its server cannot be reached", async () => {
    const { token } = await makeToken();
    simulator.fault("ns1", "refuse", { door: "api" });
    await expect(ask(token, settings)).rejects.toMatchObject({ name: "ServerError", server: "ns1" });
  });

  test("[I] is found without the token in an argument list or an error", async () => {
    const { token } = await makeToken();
    await ask(token, settings);
    expect(JSON.stringify(simulator.journal())).not.toContain(token);
    simulator.fault("ns1", "html", { door: "api" });
    const error = await ask(token, settings).catch((reason: Error) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).not.toContain(token);
  });
});

describe("checking whether a token is valid", () => {
  test("[I] is one call if the provider has API settings", async () => {
    const { token } = await makeToken();
    await ask(token);
    expect(operations().filter((each) => each !== "api connect")).toEqual(["api api_token_get_details"]);
  });

  test("[I] uses the token itself if the provider logs in as another user", async () => {
    const { token } = await makeToken();
    expect(await ask(token, withApi, "alice")).toBe(false);
    expect(operations()).not.toContain("api api_token_get_details");
  });

  test("[I] uses the token itself if it is an old access key, because WHM does not list those", async () => {
    expect(await ask("0a1b2c3d".repeat(40))).toBe(false);
    expect(operations()).not.toContain("api api_token_get_details");
  });

  test("[I] finds a token invalid that is pinned to another address than that of its user", async () => {
    const { token } = await makeToken({ whitelistIps: ["198.51.100.7"] });
    expect(await ask(token, withoutApi)).toBe(false);
  });

  test("[I] is impossible if sshd forbids forwarding", async () => {
    const { token } = await makeToken();
    simulator.fault("web1", "no-forwarding");
    expect(await ask(token, withoutApi)).toBeUndefined();
  });

  test("[I] is impossible if the certificate cannot be verified", async () => {
    const { token } = await makeToken();
    expect(await ask(token, { ns1: { api: undefined, connection: undefined } })).toBeUndefined();
  });

  test("[I] does not report a refused SSH log-in as an invalid token", async () => {
    const { token } = await makeToken();
    const { connection } = simulator.servers["ns1"]!;
    const stranger = { ns1: { api: undefined, connection: { ...connection, user: "nobody" } } };
    await expect(ask(token, stranger)).rejects.toMatchObject({ code: "refused-credential", server: "ns1" });
  });
});

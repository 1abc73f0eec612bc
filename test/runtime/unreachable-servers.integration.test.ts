import { providerText, type DynamicType } from "../../provider/resources/dynamic";
import { cleanFailure } from "../helpers/failed-write";
import { withManagedServers, type ManagedServers } from "../helpers/managed-servers";
import type { CreatedResource } from "../helpers/provider-process";
import { memberInputs, tokenInputs, trustInputs } from "../helpers/resource-inputs";

/**
 * A fresh process that has talked to no server yet; it gives up at the first try, since a test has no time for ten. A busy
 * machine may need long for a log-in, so only a server that says nothing gets a short deadline.
 */
function impatient(work: (own: ManagedServers) => Promise<void>, isSilent = false): Promise<void> {
  const quick = { dialErrorLimit: 1, ...(isSilent && { perDialTimeout: 0.5 }) };
  const servers = { web1: { type: "cpanel" }, ns1: { type: "dnsonly" }, web2: { type: "cpanel" } } as const;
  return withManagedServers(work, servers, (settings) =>
    Object.fromEntries(
      Object.entries(settings).map(([name, server]) => [
        name,
        { ...server, connection: { ...server.connection!, ...quick } },
      ]),
    ),
  );
}

function inState(type: DynamicType, id: string, properties: CreatedResource["properties"]): CreatedResource {
  return { id, properties: { ...properties, __provider: providerText(type) } };
}

/** What lives in files: nothing of it is on the servers, which nobody can know who cannot ask them. */
const overSsh = [
  inState(
    "DnsClusterMember",
    "web1/192.0.2.11",
    memberInputs("STORED0TOKEN0OF0THIS0RESOURCE000", { user: "root" }),
  ),
  inState("TrustedRemoteIp", "web1/192.0.2.53", { server: "web1", address: "192.0.2.53" }),
  inState(
    "ReverseTrust",
    "web1/192.0.2.12",
    trustInputs("STORED0TOKEN0OF0THIS0RESOURCE000", { peer: "web1", server: "web2", user: "root" }),
  ),
];
const token = inState(
  "ApiToken",
  "ns1/mine",
  tokenInputs({
    acls: ["clustering"],
    token: "STORED0TOKEN0OF0THIS0RESOURCE000",
    tokenName: "mine",
    createTime: 1,
  }),
);

describe("a resource on a server that cannot be reached", () => {
  test.each([
    ["breaks every connection", "reset", { door: "sftp" }, "connection-lost"],
    ["accepts and sends nothing", "silent", { door: "ssh" }, "timed-out"],
    ["refuses connections", "refuse", { door: "ssh" }, "unreachable"],
  ] as const)(
    "[I] causes an error and is neither gone nor deleted if the server %s",
    async (_name, fault, how, code) => {
      await impatient(async ({ provider, simulator }) => {
        simulator.fault("web1", fault, how);
        for (const resource of overSsh) {
          const said = new RegExp(`^2 UNKNOWN: Failed to .* on web1: .*\\[${code}\\]\\. [A-Z]`);
          expect(await cleanFailure(provider.read(resource))).toMatch(said);
          expect(await cleanFailure(provider.delete(resource))).toMatch(said);
        }
      }, fault === "silent");
    },
  );

  test.each([
    ["answers 403 in the old format", "legacy-403", /HTTP 403.*\[refused-credential\].*--run-program/],
    [
      "answers 200 with an HTML page",
      "html",
      /HTTP 200 with WHM.s log-in page: WHM Login \[unexpected-reply\]/,
    ],
    ["answers 500", "error-500", /HTTP 500.*\[unexpected-reply\]/],
    ["cuts its answer short", "truncated", /\[(connection-lost|unexpected-reply)\]/],
    ["breaks every connection", "reset", /\[connection-lost\]/],
    ["refuses connections", "refuse", /\[unreachable\]/],
  ] as const)("[I] causes an error and keeps its token if the server %s", async (_name, fault, said) => {
    await impatient(async ({ provider, simulator }) => {
      simulator.fault("ns1", fault, { door: "api" });
      for (const work of [provider.read(token), provider.delete(token)]) {
        const message = await cleanFailure(work);
        expect(message).toMatch(said);
        expect(message).toMatch(/^2 UNKNOWN: Failed to list the API tokens on ns1: /);
      }
    });
  });

  test("[I] causes no second request after a refused credential, to avoid a lockout", async () => {
    await impatient(async ({ provider, simulator }) => {
      simulator.fault("ns1", "legacy-403", { door: "api", times: 1 });
      await cleanFailure(provider.read(token));
      simulator.clearJournal();
      expect(await cleanFailure(provider.read(token))).toContain("[refused-credential]");
      expect(simulator.journal()).toEqual([]);
    });
  });

  test("[I] causes no request to a server with another host key than the pinned one", async () => {
    await impatient(async ({ provider, simulator }) => {
      simulator.fault("web1", "host-key-changed");
      for (const resource of overSsh)
        expect(await cleanFailure(provider.read(resource))).toMatch(
          /on web1: .*\[changed-host-key\]\. [A-Z]/,
        );
      expect(simulator.journal().filter(({ door }) => door !== "ssh")).toEqual([]);
    });
  });
});

import { once } from "node:events";
import { connect } from "node:tls";
import { managedServers, withManagedServers, type ManagedServers } from "../../helpers/managed-servers";
import { makeToken, memberInputs } from "../../helpers/resource-inputs";
import { ns1Entry, writes } from "../../helpers/server-files";

const managed = managedServers();

async function expectRefusal(token: string, ...sentences: string[]): Promise<void> {
  managed.simulator.clearJournal();
  const error = await createWith(managed, token).catch((reason: Error) => reason);
  for (const sentence of sentences) expect((error as Error).message).toContain(sentence);
  expect((error as Error).message).not.toContain(token);
  expect(managed.provider.printed()).not.toContain(token);
  expect(writes(managed.simulator)).toEqual([]);
}

function createWith({ provider }: ManagedServers, token: string) {
  return provider.create("DnsClusterMember", memberInputs(token));
}

describe("testing a token before it is stored", () => {
  test("[I] refuses one that the peer does not know", async () => {
    await expectRefusal(
      "NOSUCHTOKENNOSUCHTOKENNOSUCHTOKE",
      "on ns1",
      "called from web1",
      "[refused-credential]",
    );
  });

  test("[I] refuses one that is pinned to another address but would work from here", async () => {
    const token = await makeToken(managed, { whitelistIps: ["198.51.100.1"] });
    await expectRefusal(
      token,
      "[refused-credential]",
      "its list of addresses lacks the one from which web1 calls",
    );
  });

  test("[I] refuses one that lacks the privilege clustering", async () => {
    const token = await makeToken(managed, { acls: ["status"] });
    await expectRefusal(token, "lacks the privilege clustering", "[missing-privilege]");
  });

  test("[I] accepts one with every privilege", async () => {
    await createWith(managed, await makeToken(managed, { acls: ["all"] }));
  });

  test("[I] is skipped with a warning if sshd forbids forwarding, and the member is created", async () => {
    await withManagedServers(async (own) => {
      own.simulator.fault("web1", "no-forwarding");
      await createWith(own, await makeToken(own));
      expect(own.simulator.members("web1")).toMatchObject([{ key: "192.0.2.11", role: "sync" }]);
      await own.provider.prints("was not tested: web1 does not forward connections");
    });
  });

  test("[I] refuses a peer that cannot be reached from the server", async () => {
    await withManagedServers(async (own) => {
      const token = await makeToken(own);
      own.simulator.fault("ns1", "refuse", { door: "api" });
      await expect(createWith(own, token)).rejects.toThrow(/on (web1|ns1): .*\[unreachable\]/);
      expect(own.simulator.files("web1").read(ns1Entry.file)).toBeUndefined();
    });
  });
});

describe("the certificate of the peer", () => {
  test("[I] is verified over the peer's own SSH connection by default", async () => {
    await withManagedServers(
      async (own) => {
        await createWith(own, await makeToken(own));
        expect(own.provider.printed()).toBe("");
      },
      undefined,
      ({ web1, ns1 }) => ({ web1: web1!, ns1: { ...ns1!, api: undefined } }),
    );
  });

  test("[I] may contain the declared host name if an authority is given", async () => {
    await withManagedServers(
      async (own) => {
        await createWith(own, await makeToken(own));
        expect(own.provider.printed()).toBe("");
      },
      undefined,
      async ({ web1, ns1 }) => {
        const { fingerprint: _none, ...api } = ns1!.api!;
        return { web1: web1!, ns1: { ...ns1!, api: { ...api, ca: await shownCertificate(api.port!) } } };
      },
    );
  });

  test("[I] is refused if it is not the pinned one, and the token is not sent", async () => {
    await withManagedServers(
      async (own) => {
        await expect(createWith(own, "ANYTOKENANYTOKENANYTOKENANYTOKEN")).rejects.toThrow(
          /on ns1: .*is pinned.*\[untrusted-certificate\]/,
        );
        expect(own.simulator.journal().filter((event) => event.door === "api")).toEqual([]);
      },
      undefined,
      ({ web1, ns1 }) => ({
        web1: web1!,
        ns1: { ...ns1!, api: { ...ns1!.api, fingerprint: "00".repeat(32) } },
      }),
    );
  });
});

/** PEM text of the certificate that a port on loopback shows. */
async function shownCertificate(port: number): Promise<string> {
  const socket = connect({ host: "127.0.0.1", port, rejectUnauthorized: false });
  await once(socket, "secureConnect");
  const certificate = socket.getPeerX509Certificate()!.toString();
  socket.destroy();
  return certificate;
}

import {
  clusterMemberHasTrustWith,
  learnCertificate,
  type PeerAccess,
  Secret,
  ServerRegistry,
  version,
  withPeerApi,
} from "../../../provider/servers";
import { type Answer, type HttpsHost, startHttpsHost, succeed } from "../helpers/https-host";
import { type SshHost, startSshHost } from "../helpers/ssh-host";

const token = new Secret("P33RTOKEN");
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()));
});

interface Testbed {
  web1: SshHost;
  whm: HttpsHost;
  servers: ServerRegistry;
  access: (tls: object) => PeerAccess;
}

async function setUp(answer: Answer): Promise<Testbed> {
  const [web1, whm] = await Promise.all([startSshHost({ forwarding: true }), startHttpsHost(answer)]);
  const servers = new ServerRegistry({ web1: { type: "cpanel", connection: web1.connection } } as never);
  cleanups.push(async () => {
    await servers.close();
    await Promise.all([web1.stop(), whm.stop()]);
  });
  const peer = { name: "ns1", address: "127.0.0.1", port: whm.port };
  return {
    web1,
    whm,
    servers,
    access: (tls) => ({ from: servers.get("web1"), peer: { ...peer, tls }, user: "root", token }),
  };
}

const wellAnswer: Answer = (response) => succeed(response, { version: "11.136.0.5", has_trust: 1 });

test("[I] a token test uses the SSH connection of the server that uses the token", async () => {
  const { whm, access, web1 } = await setUp(wellAnswer);
  await expect(withPeerApi(access({ fingerprint: whm.fingerprint }), version)).resolves.toEqual({
    version: "11.136.0.5",
  });
  expect(whm.calls).toMatchObject([{ path: "/json-api/version", authorization: "whm root:P33RTOKEN" }]);
  expect(web1.counts.logins).toBe(1);
});

test("[I] other functions of a peer can be called the same way, over one connection", async () => {
  const { whm, access } = await setUp(wellAnswer);
  const trusts = await withPeerApi(access({ fingerprint: whm.fingerprint }), async (api) => [
    await clusterMemberHasTrustWith(api, { host: "192.0.2.10" }),
    await clusterMemberHasTrustWith(api, { host: "192.0.2.11" }),
  ]);
  expect(trusts).toEqual([true, true]);
  expect(whm.connections()).toBe(1);
});

test("[I] a certificate is read through the server's own SSH connection and equals the one that it shows", async () => {
  const { whm, servers } = await setUp(wellAnswer);
  await expect(learnCertificate(servers.get("web1"), whm.port)).resolves.toBe(whm.fingerprint);
});

test("[I] no token is sent to a peer with an unverified certificate", async () => {
  const { whm, access } = await setUp(wellAnswer);
  await expect(withPeerApi(access({}), version)).rejects.toMatchObject({
    code: "untrusted-certificate",
    server: "ns1",
  });
  expect(whm.calls).toEqual([]);
});

test("[I] the error for a refused token names the peer, its user and its list of addresses, and it is tried once", async () => {
  const { whm, access } = await setUp((response) => {
    response.statusCode = 403;
    response.end("Forbidden");
  });
  const probing = withPeerApi(access({ fingerprint: whm.fingerprint }), version);
  await expect(probing).rejects.toMatchObject({ code: "refused-credential", server: "ns1" });
  await expect(probing).rejects.toThrow(/called from web1.*address.*web1/);
  await expect(probing).rejects.toMatchObject({
    wayOut:
      "It is the token that web1 stores for ns1: it was revoked, has expired, belongs to another user, or its list of " +
      "addresses lacks the one from which web1 calls. Rotate it, or give the member another token.",
  });
  await expect(probing).rejects.not.toThrow(/P33RTOKEN|--refresh|--run-program/);
  expect(whm.calls).toHaveLength(1);
});

test("[I] a token test reports forbidden forwarding instead of an unreachable peer", async () => {
  const { access, whm } = await setUp(wellAnswer);
  const closed = await startSshHost();
  const servers = new ServerRegistry({ web2: { type: "cpanel", connection: closed.connection } } as never);
  cleanups.unshift(async () => {
    await servers.close();
    await closed.stop();
  });
  const probing = withPeerApi(
    { ...access({ fingerprint: whm.fingerprint }), from: servers.get("web2") },
    version,
  );
  await expect(probing).rejects.toMatchObject({ code: "forwarding-refused", server: "web2" });
});

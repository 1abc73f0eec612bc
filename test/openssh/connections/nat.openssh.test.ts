import { Secret, withPeerApi, version, type PeerAccess } from "../../../provider/servers";
import { startTestbed, type Testbed } from "../../testbed/testbed";
import { directories } from "../../testbed/directories";
import { whm } from "../../simulator/helpers/https-client";

const newDirectory = directories();

describe("a server behind NAT with OpenSSH", () => {
  let testbed: Testbed;
  beforeAll(async () => {
    testbed = await startTestbed({
      servers: {
        web1: { type: "cpanel", behindNat: true },
        ns1: { type: "dnsonly", behindNat: true },
        web2: { type: "cpanel" },
      },
    });
  });
  afterAll(() => testbed.stop());

  type Name = "web1" | "web2" | "ns1";
  const addressesOf = (name: Name) => testbed.servers[name]!;
  const version11 = { version: "11.136.0.5" };

  /** Calls a server at an address from another one, with a token that is pinned to an address. */
  async function call(from: Name, to: Name, address: string | undefined, pinnedTo: string | undefined) {
    const peer = testbed.servers[to]!;
    const token = { token_name: `t${(made += 1)}`, whitelist_ip: pinnedTo! };
    const { data } = await whm(peer, "api_token_create", token);
    const access: PeerAccess = {
      from: newDirectory(testbed.servers).get(from),
      peer: { name: to, address: address!, tls: { fingerprint: peer.api!.fingerprint } },
      user: "root",
      token: new Secret(data?.token as string),
    };
    return withPeerApi(access, version);
  }
  let made = 0;

  test("[I] is reached at both addresses from its own network, and at its public one from outside", async () => {
    const { address, publicAddress } = addressesOf("ns1");
    const [inside, outside] = [addressesOf("web1").address, addressesOf("web2").address];
    expect(await call("web1", "ns1", address, inside)).toEqual(version11);
    expect(await call("web1", "ns1", publicAddress, inside)).toEqual(version11);
    expect(await call("web2", "ns1", publicAddress, outside)).toEqual(version11);
    await expect(call("web2", "ns1", address, outside)).rejects.toMatchObject({ code: "unreachable" });
  });

  test("[I] appears with its public address to servers outside", async () => {
    const { address, publicAddress } = addressesOf("ns1");
    const outside = addressesOf("web2").address;
    expect(await call("ns1", "web2", outside, publicAddress)).toEqual(version11);
    const refused = call("ns1", "web2", outside, address);
    await expect(refused).rejects.toMatchObject({ code: "refused-credential" });
  });
});

import * as pulumi from "@pulumi/pulumi";
import * as whm from "pulumi-whm";

// The four kinds of resources in a DnsCluster, declared one by one: web1 is linked to ns1, which runs DNSOnly, and to
// ns2, which runs cPanel & WHM and hosts no accounts.
const servers = new pulumi.Config("whm").requireObject<
  Record<"web1" | "ns1" | "ns2", whm.ServerArgs & { address: string }>
>("servers");
const opts = { provider: new whm.Provider("whm", { servers }) };

// A link stores a token of the server that it leads to. Each token is accepted only from its user's address.
const tokenFor = (user: keyof typeof servers, server: keyof typeof servers) =>
  new whm.ApiToken(
    `${server}-for-${user}`,
    { server, users: [user], whitelistIps: [servers[user].address] },
    opts,
  ).token;

// web1 sends its zones to both nameservers and gets newer ones from them.
const link = (peer: "ns1" | "ns2") =>
  new whm.DnsClusterMember(
    `web1-${peer}`,
    { server: "web1", peer, role: "sync", token: tokenFor("web1", peer) },
    opts,
  );
link("ns1");
link("ns2");

// Users of web1 may point their domains to these nameservers.
new whm.TrustedRemoteIp("web1-ns1", { server: "web1", address: servers.ns1.address }, opts);
new whm.TrustedRemoteIp("web1-ns2", { server: "web1", address: servers.ns2.address }, opts);

// Neither web1 nor ns2 runs DNSOnly, so ns2 needs an entry for web1 with a token of web1.
new whm.ReverseTrust(
  "ns2-trusts-web1",
  { server: "web1", peer: "ns2", token: tokenFor("ns2", "web1") },
  opts,
);

// The README's cluster with one link too many, for the picture of a rejected plan. It is rejected before any server is
// contacted, so these need not exist.
import * as whm from "pulumi-whm";

const ssh = { user: "root", privateKeyFile: "/root/.ssh/id_ed25519" };
const webServers: whm.ServersByName = {
  web1: { type: "cpanel", address: "192.0.2.10", connection: { host: "web1.example.com", ...ssh } },
};
const nameservers: whm.ServersByName = {
  ns1: { type: "dnsonly", address: "192.0.2.53", connection: { host: "ns1.example.com", ...ssh } },
  ns2: { type: "dnsonly", address: "192.0.2.54", connection: { host: "ns2.example.com", ...ssh } },
};
const direct = whm.directLinks({ webServers, nameservers });
new whm.DnsCluster("prod", {
  ...direct,
  links: [...direct.links, { from: "ns1", to: "web1", role: "sync" }],
});

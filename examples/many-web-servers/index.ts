import * as pulumi from "@pulumi/pulumi";
import * as whm from "pulumi-whm";

// Ten web servers and four nameservers that differ only in their numbers. All of them accept the same key; the
// connections of simulated ones are in the stack's configuration.
const simulated = new pulumi.Config("whm").getObject<whm.ServersByName>("servers") ?? {};

const server = (type: "cpanel" | "dnsonly", name: string, address: string): whm.ServerArgs => {
  const hostname = `${name}.example.com`;
  const connection = simulated[name]?.connection ?? { host: hostname, privateKeyFile: "~/.ssh/id_ed25519" };
  return { type, address, hostname, connection };
};

const webServers: whm.ServersByName = {};
for (let number = 1; number <= 10; number += 1)
  webServers[`web${number}`] = server("cpanel", `web${number}`, `192.0.2.${10 + number}`);

const nameservers: whm.ServersByName = {};
for (let number = 1; number <= 4; number += 1)
  nameservers[`ns${number}`] = server("dnsonly", `ns${number}`, `192.0.2.${52 + number}`);

// All servers that Pulumi may log in to. Remove a server from the cluster first and from this list in a later run.
const provider = new whm.Provider("whm", { servers: { ...webServers, ...nameservers } });

const cluster = new whm.DnsCluster("cluster", whm.directLinks({ webServers, nameservers }), { provider });

export const links = Object.keys(cluster.parts.members).length;

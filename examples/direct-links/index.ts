import * as pulumi from "@pulumi/pulumi";
import * as whm from "pulumi-whm";

// Every web server is linked directly to every nameserver: no link is slower than another, and none depends on a third
// server. The servers and their connections are in the stack's secret configuration.
const servers = new pulumi.Config("whm").getObject<Record<string, whm.ServerArgs>>("servers");
if (!servers)
  throw new pulumi.RunError("No servers yet: pulumi config set --secret whm:servers < servers.json");
const links = new pulumi.Config("cluster").getObject<whm.LinkArgs[]>("moreLinks") ?? [];

const isNameserver = (server: whm.ServerArgs) => server.type === "dnsonly" || server.nameserver === true;
const pick = (wanted: (server: whm.ServerArgs) => boolean) =>
  Object.fromEntries(Object.entries(servers).filter(([, server]) => wanted(server)));

const direct = whm.directLinks({
  webServers: pick((server) => !isNameserver(server)),
  nameservers: pick(isNameserver),
});

const cluster = new whm.DnsCluster("cluster", { ...direct, links: [...direct.links, ...links] });

export const shape = cluster.shape;
export const drawing = whm.renderTopology(cluster.topology, "text");

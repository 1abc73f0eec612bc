import * as pulumi from "@pulumi/pulumi";
import * as whm from "pulumi-whm";

// Web servers feed only ns1, and ns1 passes their zones on: each web server has one member for any number of
// nameservers. The servers and their connections are in the stack's secret configuration.
const { ns1, ns2, ns3, ...webServers } = new pulumi.Config("whm").requireObject<
  Record<"web1" | "web2" | "ns1" | "ns2" | "ns3", whm.ServerArgs>
>("servers");

const shape = whm.primaryNameserver({ webServers, primary: { ns1 }, nameservers: { ns2, ns3 } });

const cluster = new whm.DnsCluster("cluster", shape);

export const drawing = whm.renderTopology(cluster.topology, "text");

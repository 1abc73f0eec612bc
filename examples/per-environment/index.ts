import * as pulumi from "@pulumi/pulumi";
import * as whm from "pulumi-whm";

// The program is the same for every environment. The differences are in Pulumi.<stack>.yaml: the links, the overrides
// of rules, and whether the cluster is protected. The servers are in the stack's encrypted `whm:servers`.
const config = new pulumi.Config("cluster");

const cluster = new whm.DnsCluster(
  pulumi.getStack(),
  {
    links: config.requireObject<whm.LinkArgs[]>("links"),
    rules: config.getObject<whm.RuleOverrides>("rules") ?? {},
  },
  { protect: config.getBoolean("protect") ?? false },
);

export const drawing = whm.renderTopology(cluster.topology, "text");

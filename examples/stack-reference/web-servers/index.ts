import * as pulumi from "@pulumi/pulumi";
import * as whm from "pulumi-whm";

// The rules need the addresses of a cluster while the program runs, so the program awaits the other stack's outputs
// instead of passing them on.
export = async () => {
  const stack = new pulumi.StackReference(new pulumi.Config().require("nameservers"));
  const output = await stack.getOutputDetails("servers");
  const nameservers = output.secretValue as whm.ServersByName | undefined;
  if (!nameservers)
    throw new pulumi.RunError("The nameservers' stack has no servers yet: run pulumi up there.");

  const webServers = new pulumi.Config("whm").requireObject<whm.ServersByName>("servers");
  const cluster = new whm.DnsCluster("cluster", whm.directLinks({ webServers, nameservers }));

  return { drawing: whm.renderTopology(cluster.topology, "text") };
};

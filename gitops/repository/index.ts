import { readFileSync } from "node:fs";
import * as whm from "pulumi-whm";
import { parse } from "yaml";

// The program declares the same file that reviewers see judged and drawn, so nothing has to be changed twice.
const { servers, ...cluster } = whm.loadTopology("cluster.yaml");
const connections = parse(readFileSync("connections.yaml", "utf8")) as Record<string, whm.ConnectionArgs>;

// The key is read from the environment when a server is contacted. It is not in the state, and a preview does not need it.
const reached = whm.withConnections(servers, (_, name) => {
  const connection = connections[name];
  if (!connection) throw new Error(`connections.yaml does not say how ${name} is reached.`);
  return { ...connection, privateKeyEnv: "WHM_SSH_KEY" };
});

const made = new whm.DnsCluster("dns", { ...cluster, servers: reached });

export const shape = made.shape;

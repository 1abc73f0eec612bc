import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as whm from "pulumi-whm";
import { parse } from "yaml";

const read = (file: string): unknown => parse(readFileSync(join(__dirname, file), "utf8"));

// The program declares the same file that reviewers see judged and drawn, so nothing has to be changed twice.
const { servers = {}, ...cluster } = read("cluster.yaml") as whm.DnsClusterArgs;
const connections = read("connections.yaml") as Record<string, whm.ConnectionArgs>;

// The key is read from the environment when a server is contacted. It is not in the state, and a preview does not need it.
const reached = Object.entries(servers).map(([name, server]) => {
  const connection = connections[name];
  if (!connection) throw new Error(`connections.yaml does not say how ${name} is reached.`);
  return [name, { ...server, connection: { ...connection, privateKeyEnv: "WHM_SSH_KEY" } }] as const;
});

const made = new whm.DnsCluster("dns", { ...cluster, servers: Object.fromEntries(reached) });

export const shape = made.shape;

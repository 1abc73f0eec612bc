import * as whm from "pulumi-whm";

// `npx whm-dns simulate --topology cluster.yaml --out servers.yaml` starts simulated servers and writes how to reach them.
// For your own servers write that file yourself: npx whm-dns doctor --connections servers.yaml checks it.
const provider = new whm.Provider("whm", { servers: whm.loadServers("servers.yaml") });

const cluster = new whm.DnsCluster("dns", whm.loadTopology("cluster.yaml"), { provider });

export const shape = cluster.shape;

import { writes } from "../../helpers/server-files";
import { watchCluster, type StatusJson, type WatchedCluster } from "./watched-cluster";

// One web server and two nameservers, for each test anew.

export let cluster: WatchedCluster;
export let files: WatchedCluster["sim"]["files"];
beforeEach(async () => {
  cluster = await watchCluster();
  files = (server) => cluster.sim.files(server);
});
afterEach(async () => {
  expect(writes(cluster.sim)).toEqual([]);
  await cluster.stop();
});

export const [ns1, ns2] = ["192.0.2.11", "192.0.2.12"];
const day = 86_400;
export const inDays = (days: number): number => Math.floor(Date.now() / 1000) + days * day + 60;
export const found = ({ findings }: StatusJson): string[] =>
  findings.map(({ server, peer, kind }) => [kind, server, ...(peer === undefined ? [] : [peer])].join(" "));

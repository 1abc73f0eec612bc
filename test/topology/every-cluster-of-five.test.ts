import type { TopologyInput } from "../../provider/schema/topology";
import { sampleOf } from "../helpers/sample";
import { inTurn, judgeAll } from "./guide/judge-all";
import { everyRelaxation, relax } from "./guide/overrides";
import { isWebServer, kindChoices } from "./small-clusters";
import type { Family } from "./unnamed-clusters";

// All 27 million clusters of five would take hours. These are the ones whose verdict is not plain from one link or one
// look at the servers: without web servers or without nameservers a cluster is rejected, and so it is with a single
// link from a nameserver to a web server, whatever else it has. What is left out is drawn at random elsewhere, and so are
// the 716,304 clusters of one web server with every link relaxed, which alone would take minutes.

const allowed: Family = {
  roles: [null, "sync"],
  mayLink: (from, to) => !isWebServer(to) && (isWebServer(from) || from.intermediary === true),
};

const allowedWhenRelaxed: Family = {
  roles: [null, "sync"],
  mayLink: (from, to) => isWebServer(from) || !isWebServer(to),
};

const everyLinkRelaxed = relax([
  "web-server-link",
  "nameserver-link",
  "feeding-cycle",
  "single-intermediary",
]);

const choices = kindChoices(5);
const withWebServers = (count: number): typeof choices =>
  choices.filter((chosen) => chosen.filter(isWebServer).length === count);

// The numbers of clusters were counted another way, by Burnside's lemma.
describe("the rules and the guide's sentences for clusters of five servers", () => {
  test("[U] agree on links that no sentence forbids alone, each cluster with a relaxed rule too", () => {
    const next = inTurn(everyRelaxation);
    const mixed = [1, 2, 3, 4].flatMap(withWebServers);
    const judged = judgeAll(mixed, allowed, (cluster) => [cluster, { ...cluster, rules: next() }]);
    expect(judged).toBe(80_667);
  }, 600_000);

  test.each(
    sampleOf(
      [
        [2, 95_456],
        [3, 24_544],
        [4, 12_176],
      ] as const,
      1,
    ),
  )(
    "[U] agree on clusters with %d web servers, with all relaxable sentences about links relaxed",
    (webServers, clusters) => {
      const relaxed = (cluster: TopologyInput): TopologyInput[] => [{ ...cluster, rules: everyLinkRelaxed }];
      expect(judgeAll(withWebServers(webServers), allowedWhenRelaxed, relaxed)).toBe(clusters);
    },
    900_000,
  );
});

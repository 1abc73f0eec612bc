import type { NetworkWalk } from "../model/network";
import { memoize } from "../model/memoize";
import { defineRule, type RawFinding } from "../judge/rule";
import { countText, pathText, slowdownText } from "../report/words";

/**
 * Every intermediary on the way slows transfers down by a factor of three.
 *
 * Judged on the shortest feeding path from each web server to each nameserver. A web server in the middle counts too,
 * where links between web servers were allowed.
 *
 * Example: `web1 -> ns1 -> ns2`: about 3 times slower for `ns2`.
 * Source: the guide's configuration with a primary nameserver.
 */
export const intermediarySlowdown = defineRule({
  id: "intermediary-slowdown",
  severity: "warning",
  fixed: false,
  scope: "cluster",
  guide: ["G7"],
  source: "Guide to DNS Cluster Configurations, primary nameserver as intermediary",
  summary: "A nameserver that zones reach through intermediaries only: about 3^k times slower for k of them.",
  consequence: "Changes arrive late there, and meanwhile the nameservers give different answers.",
  example: "links web1 -> ns1 and ns1 -> ns2",
  check({ webServers, nameservers, walkFrom }) {
    return webServers.flatMap((web) => {
      const walk = walkFrom(web.name);
      return nameservers
        .filter(({ name }) => walk.has(name) && walk.length(name) > 2)
        .map(({ name }) => slowPath(web.name, name, walk));
    });
  },
});

function slowPath(web: string, nameserver: string, walk: NetworkWalk): RawFinding {
  const length = walk.length(nameserver);
  const problem = `${pathText(walk.ends(nameserver), length)}${delay(length - 2)}`;
  return { servers: [web, nameserver], problem, fix: `Link ${web} to ${nameserver} directly.` };
}

/** One text for the many paths of equal length in a large cluster. */
const delay = memoize(
  (between: number) =>
    ` is about ${slowdownText(between)} times slower than a direct link (${countText(between, "server")} between).`,
);

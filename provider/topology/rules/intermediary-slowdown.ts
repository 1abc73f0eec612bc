import { defineRule, type RawFinding } from "../rule";
import { countText, pathText, slowdownText } from "../words";

/**
 * Every intermediary on the way slows transfers down by a factor of three.
 *
 * Judged on the shortest feeding path from each web server to each nameserver. A web server in the middle, where
 * links between web servers were allowed, counts as well.
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
  check({ webServers, servers, walkFrom }) {
    return webServers.flatMap(({ name: web }) => {
      const walk = walkFrom(web);
      return walk.reached
        .filter((name) => servers.get(name)?.nameserver)
        .map((name) => ({ name, path: walk.path(name) }))
        .filter(({ path }) => path.length > 2)
        .map(({ name, path }) => slowPath(web, name, path));
    });
  },
});

function slowPath(web: string, nameserver: string, path: string[]): RawFinding {
  const between = path.length - 2;
  const problem = `Zones reach ${nameserver} by ${pathText(path)}, about ${slowdownText(between)} times slower (${countText(between, "server")} between).`;
  return { servers: [web, nameserver], problem, fix: `Link ${web} to ${nameserver} directly.` };
}

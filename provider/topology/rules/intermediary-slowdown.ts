import { defineRule } from "../rule";
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
    return webServers.flatMap((web) => {
      const paths = walkFrom(web.name);
      return paths.reached.flatMap((name) => {
        if (!servers.get(name)?.nameserver) return [];
        const path = paths.path(name);
        const between = path.length - 2;
        if (between < 1) return [];
        const problem = `Zones reach ${name} by ${pathText(path)}, about ${slowdownText(between)} times slower (${countText(between, "server")} between).`;
        return [{ servers: [web.name, name], problem, fix: `Link ${web.name} to ${name} directly.` }];
      });
    });
  },
});

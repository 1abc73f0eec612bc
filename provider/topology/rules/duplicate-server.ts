import { shared } from "../judge/raw-findings";
import { defineRule, type RawFinding } from "../judge/rule";
import { addressesOf, type ClusterServer } from "../model/server";
import { listText } from "../report/words";

/**
 * Each server is declared under one name.
 *
 * WHM stores members by address and recognises them by host name, which also keeps chained clusters from going round
 * in circles. Two names for one machine make the rules judge a graph that is not the real one.
 *
 * Example: `ns1` and `ns2`, both at 192.0.2.53.
 * Source: WHM's member files.
 */
export const duplicateServer = defineRule({
  id: "duplicate-server",
  severity: "error",
  fixed: true,
  scope: "everything",
  guide: [],
  source: "How WHM stores members: by address, and knows them by host name",
  summary: "Two servers with one address, public address or host name.",
  consequence: "WHM cannot tell them apart: links to one overwrite links to the other.",
  example: "ns1 and ns2 both at 192.0.2.53",
  check({ servers }) {
    const all = [...servers.values()];
    const addresses = all.flatMap((server) => addressesOf(server).map((address) => ({ server, address })));
    return [
      ...shared(addresses, ({ address }) => address).map(([address, owners]) =>
        finding(
          owners.map(({ server }) => server),
          `the address ${address}`,
        ),
      ),
      ...shared(all, ({ hostname }) => hostname?.toLowerCase()).map(([name, owners]) =>
        finding(owners, `the host name ${name}`),
      ),
    ];
  },
});

function finding(owners: readonly ClusterServer[], what: string): RawFinding {
  const names = owners.map((server) => server.name);
  const fix = "Declare the server once, or correct the address or host name.";
  return { servers: names, problem: `${listText(names)} share ${what}.`, fix };
}

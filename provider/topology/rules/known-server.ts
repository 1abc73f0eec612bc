import type { ClusterGraph } from "../model/graph";
import { defineRule, type LinkEnds, type RawFinding } from "../judge/rule";
import { listText } from "../report/words";
import { nearestWord } from "../report/nearest-word";

/**
 * Links, trusts, tokens and lists of trusted addresses name only declared servers.
 *
 * A misspelt name would leave a server out of the cluster unnoticed. The trusted addresses themselves may be any:
 * nameservers outside the topology are trusted too.
 *
 * Example: a link to `ns3` where only `ns1` and `ns2` are declared.
 * Source: how this package names servers.
 */
export const knownServer = defineRule({
  id: "known-server",
  severity: "error",
  fixed: true,
  scope: "everything",
  guide: [],
  source: "How this package names servers",
  summary: "A link, trust, token or list of trusted addresses that names no declared server.",
  consequence:
    "Nothing can be written on a server that nobody described, and the one that was meant stays out of the cluster.",
  example: "link web1 -> ns3 without a server ns3",
  check(graph) {
    return mentions(graph).flatMap(({ where, names, link }) => {
      const unknown = [...new Set(names)].filter((name) => !graph.servers.has(name));
      if (unknown.length === 0) return [];
      const problem = problemOf(where, unknown, link);
      return [{ servers: unknown, ...(link && { link }), problem, fix: fixFor(unknown, graph) }];
    });
  },
});

interface Mention extends Pick<RawFinding, "link"> {
  where: string;
  names: readonly string[];
}

function mentions({ links, trusts, trustedAddresses, tokens = [] }: ClusterGraph): Mention[] {
  const keys = [...(trustedAddresses?.keys() ?? [])];
  return [
    ...links.map(({ from, to }) => ({
      where: `${from} -> ${to}`,
      names: [from, to],
      link: { from, to },
    })),
    ...trusts.map(({ server, peer }) => ({
      where: `${peer} -> ${server} (standalone)`,
      names: [server, peer],
      link: { from: peer, to: server },
    })),
    ...keys.map((name) => ({ where: "a list of trusted addresses", names: [name] })),
    ...tokens.map(({ server, users = [] }) => ({ where: `a token of ${server}`, names: [server, ...users] })),
  ];
}

function problemOf(where: string, unknown: readonly string[], link: LinkEnds | undefined): string {
  const [are, them] = unknown.length === 1 ? ["is", "it"] : ["are", "them"];
  const names = listText(unknown);
  return link
    ? `${where} names ${names}, which ${are} not declared.`
    : `${names} ${are} not declared, and ${where} names ${them}.`;
}

function fixFor(unknown: readonly string[], { servers }: ClusterGraph): string {
  const names = [...servers.keys()];
  const meant = new Set(unknown.flatMap((name) => meantBy(name, names)));
  const question = meant.size > 0 ? `Did you mean ${listText([...meant])}? ` : "";
  const known = listText(names) || "none";
  return `${question}Declare ${listText(unknown)} under servers or correct the name (declared: ${known}).`;
}

/** Returns the name that a misspelt one is like. A name with another number, such as ns3 beside ns2, is not misspelt. */
function meantBy(name: string, names: readonly string[]): string[] {
  const letters = (text: string): string => text.replaceAll(/\d+/g, "");
  const nearest = nearestWord(
    name,
    names.filter((each) => letters(each) !== letters(name)),
  );
  return nearest === undefined ? [] : [nearest];
}

import { groupBy, type Group } from "../model/group-by";
import { countText, listText, pathText, slowdownText } from "../report/words";
import { printable } from "./drawing";
import type { Drawing } from "./drawing-type";

interface SlowPath {
  readonly from: string;
  readonly to: string;
  /** Every server on the path, including both ends. */
  readonly names: readonly string[];
}

/** Finds the shortest paths of zones through other servers, from each web server to each nameserver. */
function slowPaths({ graph, servers }: Drawing): SlowPath[] {
  const nameservers = new Set(servers.filter(({ nameserver }) => nameserver).map(({ name }) => name));
  return servers
    .filter(({ nameserver }) => !nameserver)
    .flatMap(({ name: from }) => {
      const { reached, path } = graph.walkFrom(from);
      const targets = reached.filter((name) => nameservers.has(name));
      return targets.map((to) => ({ from, to, names: path(to) })).filter(({ names }) => names.length > 2);
    });
}

/** More lines than this are hard to compare. Paths that differ only in their web server are then combined. */
const mostSinglePaths = 20;

/** More lines than this tell readers nothing new. */
const mostLines = 100;

/** Lists slow paths, one line each. In a large cluster, web servers that share the rest of their path share a line. */
export function slowPathLines(drawing: Drawing): string[] {
  const paths = slowPaths(drawing);
  const all = drawing.graph.webServers.length;
  const lines =
    paths.length > mostSinglePaths
      ? sharedPathLines(paths, all)
      : paths.map(({ names }) => slowPathLine(names));
  const more = lines.length - mostLines;
  return more > 0 ? [...lines.slice(0, mostLines), `and ${more} more`] : lines;
}

/**
 * Returns the text at each nameserver that zones reach through others: `about 3 times slower from web1 and web2`. Paths
 * with the fewest servers come first.
 */
export function slowdownsByServer(drawing: Drawing): ReadonlyMap<string, string[]> {
  const all = drawing.graph.webServers.length;
  const byTarget = groupBy(slowPaths(drawing), ({ to }) => to);
  return new Map([...byTarget].map(([name, paths]) => [name, slowdownTexts(paths, all)]));
}

/** More web servers than this are counted, or called every web server if all of them are concerned. */
const mostNames = 4;

function slowdownTexts(paths: Group<SlowPath>, all: number): string[] {
  const byLength = [...groupBy(paths, ({ names }) => names.length)].sort(([left], [right]) => left - right);
  return byLength.map(([length, same]) => `${slowerText(length)} from ${sourcesText(startsOf(same), all)}`);
}

function sourcesText(names: readonly string[], all: number): string {
  const shown = everyOrEach(names, all);
  return shown.length > mostNames ? countText(shown.length, "web server") : listText(shown.map(printable));
}

function everyOrEach(names: readonly string[], all: number): readonly string[] {
  return names.length > mostNames && names.length === all ? ["every web server"] : names;
}

function startsOf(paths: Group<SlowPath>): string[] {
  return paths.map(({ from }) => from);
}

function slowPathLine(names: readonly string[]): string {
  return `${printable(pathText(names))}: ${slowerText(names.length)}`;
}

function sharedPathLines(paths: readonly SlowPath[], all: number): string[] {
  const bySharedPart = groupBy(paths, ({ names }) => JSON.stringify(names.slice(1)));
  return [...bySharedPart.values()].map((same) =>
    slowPathLine([listText(everyOrEach(startsOf(same), all)), ...same[0].names.slice(1)]),
  );
}

function slowerText(length: number): string {
  return `about ${slowdownText(length - 2)} times slower`;
}

import { groupBy } from "../group-by";
import { countText, listText, pathText, slowdownText } from "../words";
import { printable, type Drawing } from "./drawing";

/** The shortest paths of zones that lead through other servers, from each web server to each nameserver. */
export function slowPaths({ graph, servers }: Drawing): string[][] {
  const drawn = new Set(servers.map(({ name }) => name));
  return graph.webServers
    .filter(({ name }) => drawn.has(name))
    .flatMap(({ name }) => {
      const paths = graph.walkFrom(name);
      const targets = paths.reached.filter((to) => drawn.has(to) && graph.servers.get(to)?.nameserver);
      return targets.map((to) => paths.path(to)).filter((path) => path.length > 2);
    });
}

/** More lines than this are hard to compare: paths that differ in their web server only are told together then. */
const mostSinglePaths = 20;

/** More lines than this tell a reader nothing new. */
const mostLines = 100;

/** Slow paths, a line each; in a large cluster a line for web servers that share the rest of their path. */
export function slowPathLines(drawing: Drawing): string[] {
  const paths = slowPaths(drawing);
  const all = drawing.graph.webServers.length;
  const lines = paths.length > mostSinglePaths ? sharedPathLines(paths, all) : paths.map(slowPathLine);
  const more = lines.length - mostLines;
  return more > 0 ? [...lines.slice(0, mostLines), `and ${more} more`] : lines;
}

/**
 * What a picture says at each nameserver that zones reach through others: `about 3 times slower from web1 and web2`.
 * Fewest servers between first.
 */
export function slowdownsByServer(drawing: Drawing): ReadonlyMap<string, string[]> {
  const all = drawing.graph.webServers.length;
  const byTarget = groupBy(slowPaths(drawing), (path) => path.at(-1) ?? "");
  return new Map([...byTarget].map(([name, paths]) => [name, slowdownTexts(paths, all)]));
}

/** More web servers than this are counted, or called every web server where all of them are meant. */
const mostNames = 4;

function slowdownTexts(paths: readonly (readonly string[])[], all: number): string[] {
  const byLength = [...groupBy(paths, ({ length }) => length)].sort(([left], [right]) => left - right);
  return byLength.map(([length, same]) => `${slowerText(length)} from ${sourcesText(startsOf(same), all)}`);
}

function sourcesText(names: readonly string[], all: number): string {
  const shown = everyOrEach(names, all);
  return shown.length > mostNames ? countText(shown.length, "web server") : listText(shown.map(printable));
}

function everyOrEach(names: readonly string[], all: number): readonly string[] {
  return names.length > mostNames && names.length === all ? ["every web server"] : names;
}

function startsOf(paths: readonly (readonly string[])[]): string[] {
  return paths.map(([start = ""]) => start);
}

function slowPathLine(path: readonly string[]): string {
  return `${printable(pathText(path))}: ${slowerText(path.length)}`;
}

function sharedPathLines(paths: readonly (readonly string[])[], all: number): string[] {
  const bySharedPart = groupBy(paths, ([, ...rest]) => rest.join("\0"));
  return [...bySharedPart.values()].map((same) => {
    const [, ...rest] = same[0] ?? [];
    return slowPathLine([listText(everyOrEach(startsOf(same), all)), ...rest]);
  });
}

function slowerText(length: number): string {
  return `about ${slowdownText(length - 2)} times slower`;
}

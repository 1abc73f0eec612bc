import { isAlias, isMap, isScalar, isSeq, type Document, type LineCounter, type Node } from "yaml";
import { pathText } from "../schema/problem";
import { isSecretLike, isSecretPlace } from "../schema/shown-value";
import { excerpt } from "./excerpt";

interface Source {
  readonly document: Document;
  readonly text: string;
  readonly lines: LineCounter;
}

/** Where something stands in the text, from its first to after its last character. */
type Range = readonly [from: number, to: number];

/** Adds to each problem of the form `path: what was expected` where that is in the text, with the line itself. */
export function withPlaces(problems: readonly string[], source: Source): string[] {
  const found: Found = { places: new Map(), hidden: [] };
  collect(source.document.contents, [], { document: source.document, found });
  return problems.map((problem) => {
    const place = placeOf(problem, found.places) ?? rootOf(problem, source.document);
    return place ? [problem, ...lineAt(place, source, found.hidden)].join("\n") : problem;
  });
}

interface Found {
  /** Ranges of keys and list items by their paths. */
  readonly places: Map<string, Range>;
  /** Ranges of values that may be secrets. */
  readonly hidden: Range[];
}

interface Walk {
  readonly document: Document;
  readonly found: Found;
}

function collect(node: Node | null | undefined, path: readonly PropertyKey[], walk: Walk): void {
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      if (!isScalar(key)) continue;
      const place = [...path, String(key.value)];
      note(place, key, walk.found);
      collect(value as Node | null, place, walk);
    }
  } else if (isSeq(node)) {
    node.items.forEach((item, index) => {
      note([...path, index], item as Node, walk.found);
      collect(item as Node, [...path, index], walk);
    });
  } else if (isScalar(node)) hide(path, node, walk.found);
}

function note(path: readonly PropertyKey[], node: Node, { places }: Found): void {
  const range = rangeOf(node);
  if (range) places.set(pathText(path), range);
}

function hide(path: readonly PropertyKey[], node: Node, { hidden }: Found): void {
  const range = rangeOf(node);
  const value: unknown = isScalar(node) ? node.value : undefined;
  const isHidden = isSecretPlace(path) || (typeof value === "string" && isSecretLike(value));
  if (range && isHidden) hidden.push(range);
}

function rangeOf(node: Node): Range | undefined {
  if (isAlias(node) || !node.range) return undefined;
  return [node.range[0], node.range[1]];
}

/** Finds the place of the longest path with which a problem begins: a missing key is shown at its object. */
function placeOf(problem: string, places: ReadonlyMap<string, Range>): Range | undefined {
  const fitting = [...places.keys()].filter(
    (path) => problem.startsWith(path) && /^(?:: |\.|\[)/.test(problem.slice(path.length)),
  );
  const longest = fitting.reduce((best, path) => (path.length > best.length ? path : best), "");
  return places.get(longest);
}

/** Finds the beginning of everything, for a problem of the whole. */
function rootOf(problem: string, { contents }: Document): Range | undefined {
  return problem.startsWith("(root): ") && contents?.range
    ? [contents.range[0], contents.range[1]]
    : undefined;
}

function lineAt([from, to]: Range, { text, lines }: Source, hidden: readonly Range[]): string[] {
  const { line, col } = lines.linePos(from);
  const end = text.indexOf("\n", from);
  const width = Math.min(to, end === -1 ? text.length : end) - from;
  return [`    line ${line}, column ${col}`, ...excerpt({ text, line, column: col, width, hidden })];
}

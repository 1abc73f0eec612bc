import { isAlias, isCollection, isNode, isPair, isScalar, visit } from "yaml";
import type { Document, Node, Pair, YAMLError } from "yaml";
import { nearestWord } from "../schema/suggestion";
import { isFreeOfSecrets } from "./excerpt";

// The library says what its grammar expected. People need to hear what they wrote, and where that begins: a brace that
// is not closed is found at the end of the file, and belongs where it was opened.

/** What is wrong with the syntax at one place of a text. */
export interface SyntaxProblem {
  /** Place of the first character. */
  readonly at: number;
  /** Place after the last character that is marked. */
  readonly end: number;
  readonly said: string;
}

/**
 * Lists what is wrong with the syntax of a document. A password that begins with `*` is read as an alias, so pieces of the
 * text are repeated only if nothing in it hints at a secret.
 */
export function syntaxProblems(document: Document, text: string): SyntaxProblem[] {
  const mayQuote = isFreeOfSecrets(text);
  const unclosed = unclosedPart(document, text);
  const errors = document.errors.filter(({ message }) => !unclosed || !isAboutEnd.test(message));
  return [
    ...(unclosed ? [unclosed] : []),
    ...errors.map((error) => problemOf(error, { document, text, mayQuote })),
    ...unknownAliases(document, mayQuote),
    ...strangeKeys(document),
  ].sort((one, other) => one.at - other.at);
}

const isAboutEnd = /end with a [}\]]$|^Missing closing/;

/** Returns the last quote, or else the last brace or bracket, that is opened and never closed. */
function unclosedPart(document: Document, text: string): SyntaxProblem | undefined {
  if (!document.errors.some(({ message }) => isAboutEnd.test(message))) return undefined;
  const opened: SyntaxProblem[] = [];
  visit(document, {
    Node: (_key, node) => {
      if (!node.range || isClosed(node, text)) return;
      const [at] = node.range;
      opened.push({ at, end: at + 1, said: `this ${text[at]} is not closed` });
    },
  });
  return opened.at(-1);
}

/** Whether a node ends as it began. A brace at the end may be that of the last node in it. */
function isClosed(node: Node, text: string): boolean {
  const [at, end] = node.range ?? [0, 0];
  const closing = closings.get(text[at] ?? "");
  if (closing === undefined) return true;
  const last: unknown = isCollection(node) ? node.items.at(-1) : undefined;
  const inner = isPair(last) ? (last.value ?? last.key) : last;
  const endsInside = isNode(inner) && inner.range?.[1] === end;
  return end > at + 1 && text[end - 1] === closing && !endsInside;
}

const closings: ReadonlyMap<string, string> = new Map([
  ["{", "}"],
  ["[", "]"],
  ['"', '"'],
  ["'", "'"],
]);

interface Parsed {
  readonly document: Document;
  readonly text: string;
  readonly mayQuote: boolean;
}

function problemOf({ code, message, pos: [at, to] }: YAMLError, parsed: Parsed): SyntaxProblem {
  const { text, mayQuote } = parsed;
  if (code === "DUPLICATE_KEY") return repeatedKey(at, parsed);
  if (message.includes("must start at the same column")) {
    const start = at + (/^ */.exec(text.slice(at))?.[0].length ?? 0);
    return { at: start, end: start + 1, said: "begins in another column than what is above it" };
  }
  const end = text.slice(at, to).includes("\n") ? at + 1 : to;
  const plain = plainWords.find(([pattern]) => pattern.test(message));
  const [first = ""] = message.split("\n");
  return { at, end, said: plain ? message.replace(...plain) : mayQuote ? first : first.replace(/: .*/, "") };
}

/** What people wrote, by what the library says of it. */
const plainWords: readonly [said: RegExp, meant: string][] = [
  [/^Tabs are not allowed.*/, "a tab; indent with blanks"],
  [/^Implicit (map )?keys need.*/, "a key has a colon and a blank after it, as in `type: cpanel`"],
  [/^Block collections are not allowed within flow.*/, "a comma is missing between two entries"],
  [/^Plain value cannot start with .*(\S)$/, "a text that begins with $1 needs quotes"],
  [/^Unexpected flow-\w+-end.*/s, "closes what nothing opened"],
  [/^Source contains multiple documents.*/s, "a second document begins here; a file holds one"],
];

function repeatedKey(at: number, { document, text, mayQuote }: Parsed): SyntaxProblem {
  let problem: SyntaxProblem = { at, end: at + 1, said: "this key stands here again" };
  visit(document, {
    Map: (_key, { items }) => {
      const keys = items.map(({ key }) => key).filter(isScalar);
      const again = keys.find((key) => key.range?.[0] === at);
      const first = keys.find(({ value }) => value === again?.value);
      if (!again?.range || !first?.range) return;
      const line = text.slice(0, first.range[0]).split("\n").length;
      const named = mayQuote ? String(again.value) : "this key";
      problem = {
        at,
        end: again.range[1],
        said: `${named} stands here again; it is already in line ${line}`,
      };
    },
  });
  return problem;
}

/** Lists aliases (`*name`) of something that has no such anchor (`&name`) before them. */
function unknownAliases(document: Document, mayQuote: boolean): SyntaxProblem[] {
  const anchors: string[] = [];
  const problems: SyntaxProblem[] = [];
  visit(document, {
    Node: (_key, node) => {
      if (!isAlias(node) && node.anchor !== undefined) anchors.push(node.anchor);
      if (!isAlias(node) || anchors.includes(node.source)) return;
      const [at, end] = node.range ?? [0, 1];
      problems.push({ at, end, said: mayQuote ? unknownAlias(node.source, anchors) : notAnAlias });
    },
  });
  return problems;
}

function unknownAlias(name: string, anchors: readonly string[]): string {
  const nearest = nearestWord(name, anchors);
  const hint = nearest === undefined ? notAnAlias : `did you mean *${nearest}?`;
  return `*${name} stands for what has the anchor &${name} before it, and there is none; ${hint}`;
}

const notAnAlias = "a text that begins with * needs quotes";

/** Lists keys that nobody means: comments as JavaScript has them, and a name that no object can hold. */
function strangeKeys(document: Document): SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  visit(document, {
    Pair: (_key, { key }: Pair) => {
      if (!isScalar(key) || !key.range) return;
      const [at, end] = key.range;
      if (key.type === "PLAIN" && /^\/[/*]/.test(String(key.value)))
        problems.push({ at, end, said: notAComment });
      if (key.value === "__proto__") problems.push({ at, end, said: "no key can have this name" });
    },
  });
  return problems;
}

const notAComment = "JSON has no comments; remove it, or write YAML and begin it with #";

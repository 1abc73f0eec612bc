import { role as roleWord } from "./role";

// Transforms and `ignoreChanges` change what a constructor has computed after the rules have judged it. Each resource
// therefore carries, beside its inputs, the values that were judged: a short text, compared with what is really sent.

/**
 * The input that carries it. The engine shows no property that begins with two underscores in the details of a change; in
 * the short list of what differs it names it.
 */
export const judgedInput = "__judged";

/** What stands in the text for a value that comes from another resource: no rule has read it. */
const notRead = "?";

type Values = Readonly<Record<string, unknown>>;

interface Kind {
  /** The inputs that rules read, in the order of the text. */
  readonly fields: readonly string[];
  /** What it is called in a sentence, from the judged values. */
  readonly title: (judged: Readonly<Record<string, string>>) => string;
}

const kinds = {
  link: {
    fields: ["server", "peer", "peerAddress", "role"],
    title: ({ server, peer }) => `The link from ${server} to ${peer}`,
  },
  token: { fields: ["server", "acls", "whitelistIps"], title: ({ server }) => `A token of ${server}` },
  address: {
    fields: ["server", "address"],
    title: ({ server, address }) => `The address ${address} that ${server} trusts`,
  },
  trust: {
    fields: ["server", "peer", "serverAddress"],
    title: ({ server, peer }) => `The trust of ${peer} in ${server}`,
  },
  topology: { fields: ["topology"], title: () => "The topology" },
} satisfies Record<string, Kind>;

/** What kinds of resources carry what was judged of them. */
export type JudgedKind = keyof typeof kinds;

/** The inputs of a kind of resource that rules read. */
export function judgedFields(kind: JudgedKind): readonly string[] {
  return kinds[kind].fields;
}

/**
 * The text of what was judged. Values are on lines of their own: a line break in one is refused by its schema, and is a
 * blank here.
 *
 * @param values the inputs; a value that is neither text nor a list of texts was not read
 */
export function judgedText(kind: JudgedKind, values: Values): string {
  return [kind, ...kinds[kind].fields.map((field) => textOf(field, values[field]))].join("\n");
}

/** The inputs that were read for a text; others come from other resources, and may never be known before the verdict. */
export function readFields(text: string): string[] {
  const [name = "", ...values] = text.split("\n");
  if (!Object.hasOwn(kinds, name)) return [];
  return judgedFields(name as JudgedKind).filter((_field, index) => values[index] !== notRead);
}

/**
 * What differs between a text and the inputs that are sent, one sentence a field.
 *
 * @param isUnknown whether a value is not known yet: it cannot be compared
 */
export function changedSinceJudged(
  text: string,
  sent: Values,
  isUnknown: (value: unknown) => boolean = () => false,
): string[] {
  const [name = "", ...values] = text.split("\n");
  if (!Object.hasOwn(kinds, name)) return [];
  const { fields, title } = kinds[name as JudgedKind] as Kind;
  const judged = Object.fromEntries(fields.map((field, index) => [field, values[index] ?? ""]));
  return readFields(text)
    .filter((field) => !isUnknown(sent[field]))
    .map((field) => ({ field, was: judged[field] ?? "", would: textOf(field, sent[field]) }))
    .filter(({ was, would }) => ![was, notRead].includes(would))
    .map(({ field, was, would }) => sentence(title(judged), field, was, would));
}

function sentence(title: string, field: string, judged: string, sent: string): string {
  const difference =
    field === "topology"
      ? "is not the one that the rules have judged"
      : `was judged with ${field} ${shown(judged)}, but ${shown(sent)} would be applied`;
  return (
    `${title} ${difference}: a transform or ignoreChanges changes it after the rules have judged it. ` +
    "Declare the value that you want in the program, and take it out of the transform or ignoreChanges."
  );
}

function shown(text: string): string {
  return text === "" ? "(none)" : text;
}

const defaults: Values = { acls: ["clustering"], whitelistIps: [] };

function textOf(field: string, given: unknown): string {
  const value = given ?? defaults[field] ?? "";
  if (Array.isArray(value))
    return value.every((item) => typeof item === "string") ? onOneLine(value.join(",")) : notRead;
  if (typeof value !== "string") return notRead;
  return onOneLine(field === "role" ? (roleWord.safeParse(value).data ?? value) : value);
}

function onOneLine(text: string): string {
  return text.replaceAll("\n", " ");
}

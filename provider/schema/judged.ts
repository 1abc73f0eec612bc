import { role as roleWord } from "./role";

// Transforms and `ignoreChanges` change what a constructor has computed, after the rules have judged it. So each
// resource carries the judged values beside its inputs, as a short text that is compared with what is really sent.

/**
 * Input that carries the text. The engine hides properties that begin with two underscores from the details of a
 * change, but names them in the short list of differences.
 */
export const judgedInput = "__judged";

/** Stands in the text for a value from another resource, which no rule has read. */
const notRead = "?";

type Values = Readonly<Record<string, unknown>>;

interface Kind {
  /** Inputs that rules read, in the order of the text. */
  readonly fields: readonly string[];
  /** Name of the resource in a sentence, from the judged values. */
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

/** Kinds of resources that carry their judged values. */
export type JudgedKind = keyof typeof kinds;

/** Lists the inputs of a kind of resource that rules read. */
export function judgedFields(kind: JudgedKind): readonly string[] {
  return kinds[kind].fields;
}

/**
 * Returns the text of the judged values, one per line. Schemas refuse a line break in a value; here it becomes a blank.
 *
 * @param values inputs; a value that is neither a text nor a list of texts was not read
 */
export function judgedText(kind: JudgedKind, values: Values): string {
  return [kind, ...kinds[kind].fields.map((field) => textOf(field, values[field]))].join("\n");
}

/** Lists the inputs that were read for a text. Others come from other resources and may stay unknown until the verdict. */
export function readFields(text: string): string[] {
  const [name = "", ...values] = text.split("\n");
  if (!Object.hasOwn(kinds, name)) return [];
  return judgedFields(name as JudgedKind).filter((_field, index) => values[index] !== notRead);
}

/**
 * Compares a text with the inputs that are sent. Returns one sentence for each field that differs.
 *
 * @param isUnknown whether a value is not known yet, so that it can't be compared
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

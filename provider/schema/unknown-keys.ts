import { apiAccess } from "./api-access";
import { connection } from "./connection";
import { nearestWord } from "./suggestion";

/** A key that an object doesn't know. */
export interface UnknownKey {
  readonly key: string;
  readonly value: unknown;
  /** Keys that the object knows. */
  readonly known: readonly string[];
}

/** Returns the sentence on a key that an object doesn't know. */
export function unknownKeyText(unknown: UnknownKey): string {
  return misplaced(unknown) ?? `is no known key; ${hint(unknown)}`;
}

function hint({ key, known }: UnknownKey): string {
  const [, name = "", rest = ""] = /^(\w+):(\S+)$/.exec(key) ?? [];
  if (known.includes(name)) return `a blank is missing after the colon: ${name}: ${rest}`;
  const nearest = nearestWord(key, known);
  return nearest === undefined ? `the keys here are ${known.join(", ")}` : `did you mean ${nearest}?`;
}

/** Returns the sentence on a key that belongs elsewhere. */
function misplaced({ key, value, known }: UnknownKey): string | undefined {
  if (known.includes("servers")) return looksLikeServer(value) ? ofServersFile : undefined;
  if (!known.includes("dnsServer")) return undefined;
  const isAccess = [connection, apiAccess].some(({ shape }) => Object.hasOwn(shape, key));
  if (["connection", "api"].includes(key) || (isAccess && !known.includes("connection")))
    return beyondTopology;
  if (Object.hasOwn(connection.shape, key)) return belongsInside("connection", key);
  return Object.hasOwn(apiAccess.shape, key) ? belongsInside("api", key) : undefined;
}

function looksLikeServer(value: unknown): boolean {
  return typeof value === "object" && value !== null && ("type" in value || "connection" in value);
}

const ofServersFile =
  "describes a server, and a topology has its servers under `servers`; a file of servers by name says how to reach them, for `--connections` or `whm:servers`";

const beyondTopology =
  "does not belong in a topology, which does not say how to reach servers; write it in a file of its own for `--connections`, or in the program";

function belongsInside(object: string, key: string): string {
  return `stands beside \`${object}\` and belongs inside it, as ${object}.${key}`;
}

import {
  isClusteringOn,
  isServerError,
  missingEntry,
  readMember,
  type Member,
  type PeerTls,
  type Server,
  type ServerError,
} from "../../servers";
import { hasTrust } from "../member/trust-confirmation";
import { isForgotten, servers } from "../engine/session";
import { recognise } from "../recognising/recognised";
import { unreached } from "../recognising/unreached";
import { whyNotTried } from "../token/probe";
import type { DeclaredEntry } from "./entries";

/** Something that the proof can't confirm. */
export interface Doubt {
  /**
   * `wrong`: it is not as it must be. `unproven`: it can't be found out. `unreached`: a server did not answer, so that a later
   * look may find it out.
   */
  readonly kind: "wrong" | "unproven" | "unreached";
  readonly sentence: string;
}

const putRight = "Run pulumi up --refresh, which puts it right.";

/** Looks at one entry: whether it stands as declared, and whether the other server accepts the token in it. */
export async function proveEntry(
  entry: DeclaredEntry,
  tlsOf: (server: string) => Promise<PeerTls | undefined>,
): Promise<Doubt[]> {
  const holder = servers().get(entry.holder);
  try {
    await recognise(holder);
    const found = await readMember(holder, entry.key);
    const wrong = difference(entry, found) ?? (await whyNothingFlows(entry, holder));
    if (wrong !== undefined) return [{ kind: "wrong", sentence: `${ends(entry)}: ${wrong} ${putRight}` }];
    if (entry.isDrained || isForgotten(entry.about)) return [];
    return await callWith(entry, found?.fields ?? {}, await tlsOf(entry.about));
  } catch (error) {
    if (!isServerError(error)) throw error;
    return [{ kind: kindOf(error, entry), sentence: `${ends(entry)}: ${error.message}` }];
  }
}

/** Names an entry by its two servers, the one that stores it first. */
function ends({ holder, about, isTrust }: DeclaredEntry): string {
  return isTrust ? `${holder} trusts ${about}` : `${holder} -> ${about}`;
}

/** Returns how a stored entry differs from the declared one, as a sentence. */
function difference(
  { holder, about, key, role }: DeclaredEntry,
  found: Member | undefined,
): string | undefined {
  if (!found) return `${holder} stores no entry for ${about} (${key}).`;
  const missing = missingEntry(found);
  if (missing !== undefined) return `WHM on ${holder} doesn't see the entry for ${about} (${missing}).`;
  return found.role === role ? undefined : `${holder} stores the role ${found.role} instead of ${role}.`;
}

async function whyNothingFlows({ role, holder }: DeclaredEntry, server: Server): Promise<string | undefined> {
  if (role === "standalone" || (await isClusteringOn(server))) return undefined;
  return `clustering is off on ${holder}, so it sends nothing.`;
}

/** Makes the call that the entry is for, with the token that is stored, from the server that stores it. */
async function callWith(
  entry: DeclaredEntry,
  { user = "root", pass = "" }: Member["fields"],
  tls: PeerTls | undefined,
): Promise<Doubt[]> {
  const [from, to] = [servers().get(entry.holder), servers().get(entry.about)];
  const [reason, trusted] = await Promise.all([
    whyNotTried({ from, to, address: entry.key, user, token: pass }, tls),
    entry.isTrust ? hasTrust(from, entry.key, entry.otherAddress) : undefined,
  ]);
  const untrusting = `${ends(entry)}: ${from.name} answers that it has no trust with ${entry.key}. ${putRight}`;
  return [
    ...(trusted === false ? [{ kind: "wrong" as const, sentence: untrusting }] : []),
    ...(reason === undefined ? [] : [{ kind: "unproven" as const, sentence: `${ends(entry)}: ${reason}` }]),
  ];
}

function kindOf(error: ServerError, { holder, about, isDrained }: DeclaredEntry): Doubt["kind"] {
  // A refused log-in to the storing server says nothing about the token in its entry.
  const isOut = isServerError(error, "refused-credential") && error.server === holder;
  if (!isOut && !isServerError(error, ...unreached)) return "wrong";
  return isDrained || isForgotten(about) ? "unproven" : "unreached";
}

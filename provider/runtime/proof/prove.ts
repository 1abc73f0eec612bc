import { type ClusterProofInputs, provenInput } from "../../schema/cluster-proof";
import { someAtOnce, tlsOf } from "../../servers";
import { memoize } from "../../topology";
import { removeLeftCanaries } from "../canary/left-canaries";
import { proveByZone } from "../canary/prove-by-zone";
import { isForgotten, servers } from "../engine/session";
import { entriesOf } from "./entries";
import { judgeLiveLinks } from "./judge-live-links";
import { proveEntry, type Doubt } from "./prove-entry";

/** What a look at a cluster has found. */
export interface Proof {
  /** What is not as it must be, a sentence or more each. */
  readonly wrong: readonly string[];
  /** What could not be found out, and why. */
  readonly unproven: readonly string[];
  /** Whether a later look may find it out: a server was down. */
  readonly mayBeProvenLater: boolean;
}

/** Calls that are made at the same time. All of them come from this process and go to few nameservers. */
const callsAtOnce = 24;

/**
 * Looks at everything that a cluster has declared, as it stands on the servers now: nothing that this process or the state
 * remembers counts.
 */
export async function prove(inputs: ClusterProofInputs): Promise<Proof> {
  const entries = entriesOf(inputs[provenInput]).filter(({ holder }) => !isForgotten(holder));
  // The certificate of a server is read once, however many others call it.
  const tls = memoize((name: string) => tlsOf(servers().get(name)));
  const [doubts, live, left] = await Promise.all([
    someAtOnce(entries, callsAtOnce, (entry) => proveEntry(entry, tls)),
    judgeLiveLinks(inputs),
    removeLeftCanaries({ ...inputs, topology: inputs[provenInput] }),
  ]);
  const seen: Doubt[] = [
    ...doubts.flat(),
    ...live,
    ...left.map((sentence) => ({ kind: "wrong" as const, sentence })),
  ];
  // A zone would only say once more what is wrong already.
  const isWrong = seen.some(({ kind }) => kind === "wrong");
  const found = isWrong || !inputs.zone ? seen : [...seen, ...(await proveByZone(inputs, inputs.zone))];
  return {
    wrong: sentences(found, "wrong"),
    unproven: [...sentences(found, "unproven"), ...sentences(found, "unreached")],
    mayBeProvenLater: found.some(({ kind }) => kind === "unreached"),
  };
}

function sentences(doubts: readonly Doubt[], wanted: Doubt["kind"]): string[] {
  return [...new Set(doubts.filter(({ kind }) => kind === wanted).map(({ sentence }) => sentence))];
}

import type { LinkEnds } from "../judge/rule";
import { neighboursAlong, reversed, type Edge } from "../model/connected";
import { walk } from "../model/walk";
import { inReadingOrder } from "../report/words";
import type { ClusterChange, StandingLink } from "./cluster-change";
import { pairKey, placesOf, type Places } from "./places";

/** A link with another role afterwards. */
export interface RoleChange {
  readonly before: StandingLink;
  readonly after: StandingLink;
}

/** What the risks look at. Names are those that the user knows. */
export interface ComparedChange extends ClusterChange {
  readonly removed: readonly StandingLink[];
  readonly changed: readonly RoleChange[];
  /** Web servers that no longer reach a nameserver, each with what it fed. */
  readonly unfed: readonly { readonly name: string; readonly fed: readonly string[] }[];
  /** Names of the nameservers to which no link leads any more. */
  readonly leaving: readonly string[];
  /** Names of the nameservers to which links still lead. */
  readonly staying: readonly string[];
  /** Names of the servers that send or receive zones before the change. */
  readonly serving: ReadonlySet<string>;
}

/** Compares the links before and after a change. Drained links count with the role that comes back. */
export function compareChange(change: ClusterChange): ComparedChange {
  const places = placesOf(change);
  const { before, after, others } = change;
  const kept = new Set(others.links.map((link) => pairKey(places.others, link)));
  const next = new Map(after.links.map((link) => [pairKey(places.after, link), link]));
  const removed = before.links.filter((link) => {
    const pair = pairKey(places.before, link);
    return !next.has(pair) && !kept.has(pair);
  });
  const changed = before.links.flatMap((link): RoleChange[] => {
    const later = next.get(pairKey(places.before, link));
    return later && later.role !== link.role ? [{ before: link, after: later }] : [];
  });
  return { ...change, removed, changed, ...flows(change, places) };
}

type Flows = Pick<ComparedChange, "unfed" | "leaving" | "staying" | "serving">;

function flows(change: ClusterChange, places: Places): Flows {
  const { nameOf, isNameserver } = places;
  const { before, after } = edgesOf(change, places, ({ stored }) => stored !== "standalone");
  const names = (list: Iterable<string>): string[] => inReadingOrder([...new Set(list)].map(nameOf));
  const fedBefore = neighboursAlong(before);
  const [reachingBefore, reachingAfter] = [before, after].map((edges) => reachingNameserver(edges, places));
  const unfed = [...reachingBefore!].filter((place) => !isNameserver(place) && !reachingAfter!.has(place));
  // A drained nameserver is still part of the cluster, and holds its zones.
  const served = edgesOf(change, places, ({ role }) => role !== "standalone");
  const [targetsBefore, targetsAfter] = [served.before, served.after].map(targetsOf);
  const leaving = [...targetsBefore!].filter((place) => isNameserver(place) && !targetsAfter!.has(place));
  return {
    unfed: unfed.map((place) => ({ name: nameOf(place), fed: names(fedBefore(place)) })),
    leaving: names(leaving),
    staying: names([...targetsAfter!].filter(isNameserver)),
    serving: new Set(before.flat().map(nameOf)),
  };
}

interface Edges {
  readonly before: readonly Edge[];
  readonly after: readonly Edge[];
}

function edgesOf(
  { before, after, others }: ClusterChange,
  places: Places,
  isWanted: (link: StandingLink) => boolean,
): Edges {
  const between =
    (placeOf: (name: string) => string) =>
    ({ from, to }: LinkEnds): Edge => [placeOf(from), placeOf(to)];
  const always = others.links.map(between(places.others));
  return {
    before: [...before.links.filter(isWanted).map(between(places.before)), ...always],
    after: [...after.links.filter(isWanted).map(between(places.after)), ...always],
  };
}

/** Returns the places from which zones flow to a nameserver. */
function reachingNameserver(edges: readonly Edge[], { isNameserver }: Places): ReadonlySet<string> {
  const targets = [...targetsOf(edges)].filter(isNameserver);
  return new Set(walk(targets, neighboursAlong(edges.map(reversed))));
}

function targetsOf(edges: readonly Edge[]): ReadonlySet<string> {
  return new Set(edges.map(([, to]) => to));
}

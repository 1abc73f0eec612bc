import type { PlainServer } from "../../schema/server";
import type { Link, Topology } from "../../schema/topology";
import type { TopologyGateInputs } from "../../schema/topology-gate";
import {
  endsKey,
  listText,
  reachedFrom,
  reportFindings,
  validateWithLive,
  withLiveLinks,
  type Grouping,
  type LinkEnds,
  type LiveLinks,
} from "../../topology";
import type { Hosts } from "../recognising/gate-hosts";
import { findLiveLinks, type FoundLinks } from "./find-live-links";
import { warn } from "../engine/warn";
import { servers } from "../engine/session";

/** A gate under judgement, and what it held before. */
export interface JudgedGate {
  readonly gate: TopologyGateInputs;
  /** Topology that the gate held before. Whatever has left it is about to be deleted and doesn't count. */
  readonly before: Topology | undefined;
  /** Marks by which its servers are recognised. @default nothing is known of them */
  readonly hosts?: Hosts;
  /** Links that a refresh has found to differ from the state, so that this run puts them right. @default none */
  readonly restored?: readonly LinkEnds[];
}

/**
 * Reads the feeding links that servers hold and those that were announced, of whatever origin.
 *
 * @throws ServerError when a server can't be read and zones of a new link would travel through it
 */
export async function lookFor({ gate, before }: JudgedGate): Promise<FoundLinks> {
  const found = await findLiveLinks(new Set(Object.keys(gate.topology.servers)));
  refuseUnseen(addedLinks({ gate, before }), gate.topology, found);
  return found;
}

/**
 * Judges a gate's declarations together with existing and announced links. Returns the text of the rejection, or undefined.
 */
export function rejectionTogetherWith(
  { gate, before }: JudgedGate,
  links: readonly Link[],
): string | undefined {
  const live = liveBeside(gate, before, links);
  const findings = validateWithLive(gate.topology, live, groupingOf(gate));
  if (findings.length === 0) return undefined;
  const report = reportFindings(findings, headline(gate.topology, live), withLiveLinks(gate.topology, live));
  return `${report}\n\n${wayOut}`;
}

/** Returns how the servers and links of a gate form clusters. */
export function groupingOf({ linkByLink }: TopologyGateInputs): Grouping {
  return linkByLink ? "link-by-link" : "one-cluster";
}

/** What can be done about existing links. */
const wayOut =
  "First remove the live links, where they were made. Links that this change removes under another name, for example " +
  "after a cluster was renamed, stay live until it has ended: take two steps then.";

function headline(topology: Topology, live: LiveLinks): string {
  const declared = new Set(topology.links.map(pairIn(topology.servers)));
  const others = live.links.filter((link) => !declared.has(pairIn(live.servers)(link)));
  const texts = others.map(({ from, to, role }) => `${from} -> ${to} (${role})`);
  return `The topology is accepted on its own but rejected together with live links that the servers already hold: ${listText(texts)}`;
}

/** Lists the new links of a gate. One that stops feeding, or fed before, can break no rule together with others. */
export function addedLinks({ gate: { topology }, before }: JudgedGate): Link[] {
  const known = new Set((before?.links ?? []).filter(feeds).map(pairIn(before?.servers ?? {})));
  return topology.links.filter((link) => feeds(link) && !known.has(pairIn(topology.servers)(link)));
}

/** Refuses unread servers that zones of the new links would travel through. The rest of the cluster may be down. */
function refuseUnseen(added: readonly Link[], topology: Topology, { links, unseen }: FoundLinks): void {
  const feeding = [...topology.links.filter(feeds), ...links];
  const through = reachedFrom(
    added.map(({ to }) => to),
    feeding.map(({ from, to }) => [from, to]),
  );
  for (const [name, error] of unseen) if (through.has(name)) throw error;
  if (unseen.size > 0) warn(notSeen([...unseen.keys()]));
}

function liveBeside(
  { topology, elsewhere = [] }: TopologyGateInputs,
  before: Topology | undefined,
  links: readonly Link[],
): LiveLinks {
  const facts = factsOf(links.flatMap(({ from, to }) => [from, to]));
  const leaving = new Set((before?.links ?? []).map(pairIn(before?.servers ?? {})));
  const judged = new Set(elsewhere.map(endsKey));
  const declared = new Set(topology.links.map(pairIn(topology.servers)));
  const beside = links.filter((link) => {
    const pair = pairIn(facts)(link);
    return declared.has(pair) || !(leaving.has(pair) || judged.has(pair));
  });
  return { links: beside, servers: facts };
}

function notSeen(names: readonly string[]): string {
  return `${names.join(", ")} could not be looked at: links made there by hand or by another stack are unknown.`;
}

function feeds({ role }: Link): boolean {
  return role !== "standalone";
}

/** Identifies a link by the addresses of its ends, because a name may have moved to another machine since. */
export function pairIn(
  servers: Readonly<Record<string, PlainServer>>,
): (link: Pick<Link, "from" | "to">) => string {
  const address = (name: string): string => servers[name]?.address ?? name;
  return ({ from, to }) => `${address(from)}\0${address(to)}`;
}

/** Returns the facts about servers that rules read. An unknown server is named by its address and fed by a nameserver. */
export function factsOf(names: readonly string[]): Record<string, PlainServer> {
  return Object.fromEntries(names.map((name) => [name, plainFacts(name)]));
}

function plainFacts(name: string): PlainServer {
  if (!servers().names().includes(name)) return { type: "dnsonly", address: name };
  const { settings } = servers().get(name);
  const { connection: _connection, api: _api, forget: _forget, identity: _identity, ...facts } = settings;
  return facts;
}

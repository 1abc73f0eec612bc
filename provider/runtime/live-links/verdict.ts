import type { PlainServer } from "../../schema/server";
import type { Link, Topology } from "../../schema/topology";
import type { TopologyGateInputs } from "../../schema/topology-gate";
import {
  listText,
  reportFindings,
  validateWithLive,
  withLiveLinks,
  type Grouping,
  type LiveLinks,
} from "../../topology";
import type { Hosts } from "../recognising/gate-hosts";
import { findLiveLinks, type FoundLinks } from "./find-live-links";
import { warn } from "../engine/warn";
import { servers } from "../engine/session";

/** A gate that is judged, and what it held until now. */
export interface JudgedGate {
  readonly gate: TopologyGateInputs;
  /** The topology that the gate held until now; what has left it is about to be deleted and does not count. */
  readonly before: Topology | undefined;
  /** By what its servers are known again. @default nothing is known of them */
  readonly hosts?: Hosts;
}

/**
 * Looks at the feeding links that servers hold and at those that were announced, of whatever origin.
 *
 * @throws ServerError when a server cannot be looked at and zones of a new link would travel through it
 */
export async function lookFor({ gate, before }: JudgedGate): Promise<FoundLinks> {
  const found = await findLiveLinks(new Set(Object.keys(gate.topology.servers)));
  refuseUnseen(addedLinks({ gate, before }), gate.topology, found);
  return found;
}

/**
 * Judges what a gate declares together with links that are there, or are about to be: the text of the rejection, or
 * undefined.
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

/** How the servers and links of a gate form clusters. */
export function groupingOf({ linkByLink }: TopologyGateInputs): Grouping {
  return linkByLink ? "link-by-link" : "one-cluster";
}

/** What can be done about links that are there already. */
const wayOut =
  "First remove the live links, where they were made. Links that this change removes under another name, for example " +
  "after a cluster was renamed, stay live until it has ended: take two steps then.";

function headline(topology: Topology, live: LiveLinks): string {
  const declared = new Set(topology.links.map(pairIn(topology.servers)));
  const others = live.links.filter((link) => !declared.has(pairIn(live.servers)(link)));
  const texts = others.map(({ from, to, role }) => `${from} -> ${to} (${role})`);
  return `The topology is accepted on its own but rejected together with live links that the servers already hold: ${listText(texts)}`;
}

/** Links of a gate that are new. One that stops feeding, or that has fed before, can break no rule together with others. */
export function addedLinks({ gate: { topology }, before }: JudgedGate): Link[] {
  const known = new Set((before?.links ?? []).filter(feeds).map(pairIn(before?.servers ?? {})));
  return topology.links.filter((link) => feeds(link) && !known.has(pairIn(topology.servers)(link)));
}

/** Everything that zones of the new links would travel through has to be seen; the rest of the cluster may be down. */
function refuseUnseen(added: readonly Link[], topology: Topology, { links, unseen }: FoundLinks): void {
  const through = targetsFrom(added, [...topology.links.filter(feeds), ...links]);
  for (const [name, error] of unseen) if (through.has(name)) throw error;
  if (unseen.size > 0) warn(notSeen([...unseen.keys()]));
}

function targetsFrom(added: readonly Link[], links: readonly Link[]): ReadonlySet<string> {
  const reached = new Set(added.map(({ to }) => to));
  // A set that grows while it is walked: each name is visited once.
  for (const name of reached) links.filter(({ from }) => from === name).forEach(({ to }) => reached.add(to));
  return reached;
}

function liveBeside(
  { topology, elsewhere = [] }: TopologyGateInputs,
  before: Topology | undefined,
  links: readonly Link[],
): LiveLinks {
  const facts = factsOf(links.flatMap(({ from, to }) => [from, to]));
  const leaving = new Set((before?.links ?? []).map(pairIn(before?.servers ?? {})));
  const judged = new Set(elsewhere.map(({ from, to }) => `${from}\0${to}`));
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

/** A link by the addresses of its ends: a name may have moved to another machine since. */
function pairIn(servers: Readonly<Record<string, PlainServer>>): (link: Pick<Link, "from" | "to">) => string {
  const address = (name: string): string => servers[name]?.address ?? name;
  return ({ from, to }) => `${address(from)}\0${address(to)}`;
}

/** What the rules read of servers. One that the provider does not know goes by its address, and is fed by a nameserver. */
export function factsOf(names: readonly string[]): Record<string, PlainServer> {
  return Object.fromEntries(names.map((name) => [name, plainFacts(name)]));
}

function plainFacts(name: string): PlainServer {
  if (!servers().names().includes(name)) return { type: "dnsonly", address: name };
  const { settings } = servers().get(name);
  const { connection: _connection, api: _api, forget: _forget, identity: _identity, ...facts } = settings;
  return facts;
}

import type { PlainServer } from "../schema/server";
import type { Link, Topology } from "../schema/topology";
import type { LinkByAddress, TopologyGateInputs } from "../schema/topology-gate";
import { listText, reportFindings, validateWithHeld, withHeldLinks, type HeldLinks } from "../topology";
import { findHeldLinks, type FoundLinks } from "./held-links";
import { servers } from "./session";
import { warn } from "./warn";

/**
 * Judges what a gate declares together with the links that the servers hold already, of whatever origin: the text of the
 * rejection, or undefined. It reads and never writes.
 *
 * @param before the topology that the gate held until now; what has left it is about to be deleted and does not count
 * @throws ServerError when a server cannot be looked at and zones of a new link would travel through it
 */
export async function rejectionWithHeldLinks(
  gate: TopologyGateInputs,
  before: Topology | undefined,
): Promise<string | undefined> {
  const added = addedLinks(gate.topology, before);
  if (added.length === 0) return undefined;
  const found = await findHeldLinks(new Set(Object.keys(gate.topology.servers)));
  refuseUnseen(added, gate.topology, found);
  const held = heldBeside(gate, before, found.links);
  const findings = validateWithHeld(gate.topology, held, gate.linkByLink ? "link-by-link" : "one-cluster");
  if (findings.length === 0) return undefined;
  return reportFindings(findings, headline(gate.topology, held), withHeldLinks(gate.topology, held));
}

function headline(topology: Topology, held: HeldLinks): string {
  const declared = new Set(topology.links.map(pairOf));
  const others = held.links.filter((link) => !declared.has(pairOf(link)));
  const texts = others.map(({ from, to, role }) => `${from} -> ${to} (${role})`);
  return `The topology is accepted by itself, and rejected together with links that the servers hold already: ${listText(texts)}`;
}

/** A link that stops feeding, or that has fed before, can break no rule together with others. */
function addedLinks(topology: Topology, before: Topology | undefined): Link[] {
  const known = new Set((before?.links ?? []).filter(feeds).map(pairOf));
  return topology.links.filter((link) => feeds(link) && !known.has(pairOf(link)));
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

function heldBeside(
  { topology, elsewhere = [] }: TopologyGateInputs,
  before: Topology | undefined,
  links: readonly Link[],
): HeldLinks {
  const leaving = new Set((before?.links ?? []).map(pairOf));
  const judged = new Set(elsewhere.map(({ from, to }) => `${from}\0${to}`));
  const declared = new Set(topology.links.map(pairOf));
  const beside = links.filter((link) => {
    if (declared.has(pairOf(link))) return true;
    return !leaving.has(pairOf(link)) && !addressPairs(link).some((pair) => judged.has(pair));
  });
  const names = [...new Set(beside.flatMap(({ from, to }) => [from, to]))];
  return { links: beside, servers: Object.fromEntries(names.map((name) => [name, plainFacts(name)])) };
}

function addressPairs({ from, to }: Link): string[] {
  const [sources, targets] = [addressesOf(from), addressesOf(to)];
  return sources.flatMap((source) => targets.map((target) => `${source}\0${target}`));
}

function addressesOf(name: string): LinkByAddress["from"][] {
  const { address, publicAddress } = servers().get(name).settings;
  return [address, publicAddress].filter((each) => each !== undefined);
}

function plainFacts(name: string): PlainServer {
  const { connection: _connection, api: _api, forget: _forget, ...facts } = servers().get(name).settings;
  return facts;
}

function notSeen(names: readonly string[]): string {
  return `${names.join(", ")} could not be looked at: links made there by hand or by another stack are not known.`;
}

function feeds({ role }: Link): boolean {
  return role !== "standalone";
}

function pairOf({ from, to }: Link): string {
  return `${from}\0${to}`;
}

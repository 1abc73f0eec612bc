import { type ClusterProofInputs, provenInput } from "../../schema/cluster-proof";
import type { Link } from "../../schema/topology";
import { claimsOn, isServerError, ownerOf } from "../../servers";
import { endsKey } from "../../topology";
import { servers } from "../engine/session";
import { findLiveLinks } from "../live-links/find-live-links";
import { rejectionTogetherWith } from "../live-links/verdict";
import type { Doubt } from "./prove-entry";

/** Milliseconds to wait for a server that nothing here needs. */
const patience = 8_000;

/** Judges the links that servers hold now and that nobody here has declared, together with the declared ones. */
export async function judgeLiveLinks(inputs: ClusterProofInputs): Promise<Doubt[]> {
  const needed = namesOfNeeded(inputs);
  const { links, unseen } = await findLiveLinks(needed, patience);
  const unread = [...unseen].filter(([name]) => needed.has(name));
  const rejection = await rejectionOf(links, inputs);
  return [
    ...(rejection === undefined ? [] : [{ kind: "wrong" as const, sentence: rejection }]),
    ...unread.map(([name, error]) => ({ kind: "unreached" as const, sentence: unreadText(name, error) })),
  ];
}

async function rejectionOf(live: readonly Link[], inputs: ClusterProofInputs): Promise<string | undefined> {
  const { logicalName, elsewhere, [provenInput]: topology } = inputs;
  const gate = { logicalName, topology, ...(elsewhere && { elsewhere }) };
  const declared = new Set(topology.links.map(endsKey));
  // The rules leave out what is wrong with live links alone, and ours are among them by now.
  const others = live.filter((link) => !declared.has(endsKey(link)));
  if (rejectionTogetherWith({ gate, before: undefined }, others) === undefined) return undefined;
  return rejectionTogetherWith({ gate, before: undefined }, await withoutLeaving(others, inputs));
}

/**
 * Leaves out links that this stack has made and declares no longer: the engine deletes last, so they are still there. The
 * register says whose they are.
 */
async function withoutLeaving(links: readonly Link[], inputs: ClusterProofInputs): Promise<Link[]> {
  const ours = await Promise.all(links.map((link) => isOurs(link, inputs)));
  return links.filter((_link, index) => !ours[index]);
}

async function isOurs({ from, to }: Link, { logicalName }: ClusterProofInputs): Promise<boolean> {
  const { owner } = ownerOf(logicalName);
  const known = servers().names().includes(to) ? servers().get(to).settings : { address: to };
  const keys = [known.address, "publicAddress" in known ? known.publicAddress : undefined];
  const claims = await Promise.all(
    keys.flatMap((key) => (key === undefined ? [] : [claimsOn(servers().get(from), "member", key)])),
  );
  return claims.flat().some(({ content }) => content?.owner === owner);
}

/** Lists the servers whose links belong to what is proven. A drained server may be down. */
function namesOfNeeded({ [provenInput]: topology }: ClusterProofInputs): Set<string> {
  const needed = Object.entries(topology.servers).filter(([, { drain }]) => drain === undefined);
  return new Set(needed.map(([name]) => name));
}

function unreadText(name: string, error: unknown): string {
  const said = isServerError(error) ? error.message : String(error);
  return `The links that ${name} stores could not be read: ${said}`;
}

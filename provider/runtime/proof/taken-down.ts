import { type ClusterProofInputs, provenInput } from "../../schema/cluster-proof";
import type { Link } from "../../schema/topology";
import { claimsOn, ownerOf, type Claim } from "../../servers";
import { endsKey, isNameserver, storedRole, viaOfLink } from "../../topology";
import { isForgotten, servers } from "../engine/session";
import { findLiveLinks, type FoundLinks } from "../live-links/find-live-links";
import { entriesOf } from "./entries";

/** What the deletion of a cluster takes away. */
export interface TakenDown {
  /** Links that go. One that another resource needs, or that was there before the stack adopted it, stays. */
  readonly links: readonly Link[];
  /** Web servers that send their zones to nobody afterwards. */
  readonly withoutNameserver: readonly string[];
  /** Whether other resources of the stack need every entry, as when a cluster has got another name. */
  readonly isRenamed: boolean;
}

/** Milliseconds to wait for a server. */
const patience = 8_000;

/**
 * Finds out what the deletion of a cluster takes away, from the servers where they answer and else from the state. Never
 * fails, and waits for no server for long: one that is down must not keep a cluster from being deleted.
 */
export async function takenDown(inputs: ClusterProofInputs, isAdopted: boolean): Promise<TakenDown> {
  const { links, servers: declared } = inputs[provenInput];
  const { links: live, unseen } = await findLiveLinks(new Set(), patience).catch(() => nothingSeen(links));
  const goes = await Promise.all(
    links.map(async (link) => unseen.has(link.from) || isGoing(link, inputs, isAdopted)),
  );
  const going = links.filter((_link, index) => goes[index]);
  const left = new Set(going.map(endsKey));
  const fed = going.filter((link) => storedRole(link, declared) !== "standalone").map(({ from }) => from);
  const others = [...live, ...links].filter(
    ({ role, ...link }) => role !== "standalone" && !left.has(endsKey(link)),
  );
  const isFedBeside = (name: string): boolean => others.some(({ from }) => from === name);
  const isWebServer = (name: string): boolean => !isNameserver(declared[name] ?? { type: "cpanel" });
  return {
    links: going,
    withoutNameserver: [...new Set(fed)].filter((name) => isWebServer(name) && !isFedBeside(name)),
    isRenamed: going.length === 0 && (await isNeededBeside(inputs)),
  };
}

/** Whether other resources of the same stack claim every link and trust of a cluster. */
async function isNeededBeside(inputs: ClusterProofInputs): Promise<boolean> {
  const { owner } = ownerOf(inputs.logicalName);
  const entries = entriesOf(inputs[provenInput]);
  const claimed = await Promise.all(
    entries.map(async ({ holder, key }) => {
      if (isForgotten(holder)) return false;
      const claims = await claimsOn(servers().get(holder), "member", key).catch(() => []);
      const own = claims.filter(({ content }) => content?.owner === owner);
      return new Set(own.map(({ id }) => id)).size > 1;
    }),
  );
  return claimed.length > 0 && claimed.every(Boolean);
}

/** Whether the entry of a link goes: the register knows of nobody else who needs it. */
async function isGoing(link: Link, inputs: ClusterProofInputs, isAdopted: boolean): Promise<boolean> {
  if (isForgotten(link.from)) return true;
  const claims = await claimsOf(link, inputs).catch(() => undefined);
  if (claims === undefined) return true;
  const claimants = new Set(claims.map(({ id }) => id));
  if (claimants.size === 0) return !isAdopted;
  return claimants.size === 1 && claims.every(({ content }) => content?.adopted !== true);
}

async function claimsOf(link: Link, inputs: ClusterProofInputs): Promise<Claim[]> {
  const declared = new Map(Object.entries(inputs[provenInput].servers));
  const key = declared.get(link.to)?.[viaOfLink(link, declared)] ?? "";
  return claimsOn(servers().get(link.from), "member", key);
}

function nothingSeen(links: readonly Link[]): Pick<FoundLinks, "links" | "unseen"> {
  return { links: [], unseen: new Map(links.map(({ from }) => [from, undefined])) };
}

import { setTimeout as pause } from "node:timers/promises";
import type { Link } from "../../schema/topology";
import { ownerOf } from "../../servers";
import { endsKey, isNameserver } from "../../topology";
import { GateAnnouncements, withdraw } from "./announced-links";
import { AnnouncementWatch, silence } from "./announcement-watch";
import { Rejection } from "../engine/failures";
import type { AnnouncedBy, FoundLinks } from "./find-live-links";
import { refuseKept } from "./kept-links";
import { mayTakeRisk, refuseRisks } from "../risks/live-risks";
import { addedLinks, lookFor, rejectionTogetherWith, type JudgedGate } from "./verdict";
import { refuseUnfitServers } from "../recognising/fit-servers";
import { passed } from "./passed-links";

// Look, announce, look again, write. Visible mistakes are refused before anything is written. Then the links are
// announced where they will be stored. The resources behind the gate may be written only if nobody's announced or
// existing links stand in the way.

/** Milliseconds to wait for another run that has to give way. */
const patience = 300_000;

/**
 * Decides whether a topology passes.
 *
 * @throws Rejection when it breaks a rule together with existing or announced links, or takes a risk with existing ones
 * @throws ServerError for a server that is not what it is declared to be
 */
export async function passGate(judged: JudgedGate): Promise<void> {
  await refuseUnfitServers(judged);
  const added = addedLinks(judged);
  const announcements = new GateAnnouncements(judged.gate, added);
  const isLinking = added.length > 0 || judged.gate.kept !== undefined;
  if (isLinking || mayTakeRisk(judged)) {
    const found = await lookFor(judged);
    if (isLinking) {
      refuseKept(judged, found);
      refuseLive(judged, found);
    }
    await refuseRisks(judged, found);
  }
  if (isLinking) {
    await announcements.make();
    try {
      await untilUndisputed(judged, announcements);
    } catch (error) {
      await announcements.takeBack();
      throw error;
    }
  }
  if (judged.before) await withdraw({ ...judged.gate, topology: judged.before }, judged.gate);
  passed(judged.gate, (name) => announcements.isMadeOn(name));
}

function refuseLive(judged: JudgedGate, found: FoundLinks): void {
  const rejection = rejectionTogetherWith(judged, found.links) ?? feedsWebServer(judged, found);
  if (rejection !== undefined) throw new Rejection(rejection);
}

/**
 * Returns why a link that feeds a web server is refused. Another stack may know better what a server is: its
 * announcement tells.
 */
function feedsWebServer(
  { gate: { topology, logicalName } }: JudgedGate,
  found: FoundLinks,
): string | undefined {
  const feeding = topology.links.filter(({ from, role }) => {
    const source = topology.servers[from];
    return role !== "standalone" && source !== undefined && isNameserver(source);
  });
  const { owner } = ownerOf(logicalName);
  const witness = found.announced.find(
    (each) => each.owner !== owner && !each.nameserver && feeding.some(({ to }) => to === each.from),
  );
  const link = feeding.find(({ to }) => to === witness?.from);
  return (
    link &&
    `${link.from} -> ${link.to} sends zones from a nameserver back to a web server: the stack ${witness?.owner} declares ` +
      `${link.to} without nameserver: true. Remove the link, or make both declarations of ${link.to} agree. [sync-back]`
  );
}

/** The part of a gate's announcements that matters for waiting. */
export type Announcing = Pick<GateAnnouncements, "isComplete" | "make" | "takeBack">;

/** Waits until no living run has announced links that break a rule together with these. */
export async function untilUndisputed(judged: JudgedGate, announcements: Announcing): Promise<void> {
  const watch = new AnnouncementWatch();
  const start = performance.now();
  for (;;) {
    const found = await lookFor(judged);
    refuseLive(judged, found);
    watch.look(found.announced);
    const disputed = disputes(judged, found, watch);
    if (disputed.length === 0) {
      if (announcements.isComplete) return;
      await announcements.make();
      continue;
    }
    await giveWay(judged, disputed, announcements, watch);
    if (performance.now() - start > patience) throw standsInTheWay(judged, found, disputed);
    await pause(1_000);
  }
}

/**
 * Decides between two runs that stand in each other's way. The one whose stack name comes first waits for the other to
 * give up, so that they never both give up.
 */
async function giveWay(
  judged: JudgedGate,
  disputed: readonly AnnouncedBy[],
  announcements: Announcing,
  watch: AnnouncementWatch,
): Promise<void> {
  const own = judged.gate.logicalName;
  const first = disputed.filter(({ owner, resource }) => `${owner}/${resource}` < own);
  if (first.length === 0) return;
  await announcements.takeBack();
  if (first.some((each) => watch.isAlive(each))) throw standsInTheWay(judged, undefined, first);
}

/** Lists announcements of other stacks that break a rule together with these links. */
function disputes(judged: JudgedGate, found: FoundLinks, watch: AnnouncementWatch): AnnouncedBy[] {
  const { owner } = ownerOf(judged.gate.logicalName);
  const living = found.announced.filter((each) => each.owner !== owner && !watch.isDead(each));
  const breaks = (announced: readonly AnnouncedBy[]): boolean =>
    rejectionTogetherWith(judged, together(found, announced)) !== undefined;
  if (living.length === 0 || !breaks(living)) return [];
  const owners = [...new Set(living.map((each) => each.owner))];
  const alone = owners.filter((name) => breaks(living.filter((each) => each.owner === name)));
  return living.filter((each) => alone.length === 0 || alone.includes(each.owner));
}

function together({ links }: Pick<FoundLinks, "links">, announced: readonly AnnouncedBy[]): Link[] {
  const live = new Set(links.map(endsKey));
  const coming = announced.flatMap((each) => each.links);
  return [...links, ...coming.filter((link) => !live.has(endsKey(link)))];
}

function standsInTheWay(
  judged: JudgedGate,
  found: FoundLinks | undefined,
  disputed: readonly AnnouncedBy[],
): Rejection {
  const stacks = [...new Set(disputed.map(({ owner }) => owner))].join(", ");
  const links = together(found ?? { links: [] }, disputed);
  const reason = rejectionTogetherWith(judged, links) ?? "Together they break a rule.";
  return new Rejection(
    `Another run is in the way: the stack ${stacks} has announced links that are accepted on their own but rejected together with these.\n\n` +
      `${reason}\n\nNothing was written. Run pulumi up again when that run has ended. An announcement counts until its run has given no sign of ` +
      `life for ${silence / 1000} seconds.`,
  );
}

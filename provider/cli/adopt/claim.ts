import {
  announce,
  claimId,
  claimNamesOn,
  claimsOn,
  dropClaims,
  holdsAddress,
  layClaim,
  ownerOf,
  readAnnouncements,
  readMember,
  readTrustedAddresses,
  type Server,
} from "../../servers";
import { lookAt, refuseOtherMachine } from "../../survey";
import { exitCodes, type ExitCode } from "../exit-codes";
import { readConnections } from "../look/connections";
import { withConnections } from "../look/look";
import { readStack } from "../look/stack";
import type { Streams } from "../streams";
import type { Surroundings } from "../surroundings";
import { UsageError } from "../usage-error";
import type { AdoptOptions } from "./adopt-options";
import { report, show, type Outcome } from "./claim-report";
import { gateIds, unclaimedThings, type Unclaimed } from "./claims-of-stack";

/** Writes a claim for everything that a stack has adopted into the registers of the servers, after it has shown them. */
export async function claim(options: AdoptOptions, surroundings: Surroundings): Promise<ExitCode> {
  const { stack, connections: file, out } = options;
  if (stack === undefined) throw new UsageError("Name the stack that has adopted the cluster: --stack NAME.");
  const { streams } = surroundings;
  const source = file === undefined ? { stack, cwd: out } : { connections: file };
  const connections = await readConnections(source, streams);
  const resources = await readStack(stack, out);
  const [things, gates] = [unclaimedThings(resources), gateIds(resources)];
  if (!options.json) show(things, streams);
  if (things.length > 0 && !(await isWanted(streams))) return exitCodes.accepted;
  return withConnections(connections, options, surroundings, async ({ registry, pace }) => {
    const servers = [...new Set(things.map(({ server }) => server))];
    const { results, failures } = await lookAt(
      registry,
      servers,
      (server) => claimAll(server, things, gates),
      pace,
    );
    const outcomes = [...results.values()].flat();
    report(outcomes, [...failures.values()], options, streams);
    if (failures.size > 0) return exitCodes.unreadable;
    return outcomes.some(({ state }) => state === "changed meanwhile") ? exitCodes.found : exitCodes.accepted;
  });
}

/** Asks at a terminal. Elsewhere the option itself says it. */
async function isWanted({ input, output, isInteractive }: Streams): Promise<boolean> {
  if (!isInteractive) return true;
  output.write("Write them? Type yes: ");
  for await (const chunk of input) return /^y(es)?\s*$/i.test(chunk.toString());
  return false;
}

/**
 * Claims the things on one server, one after the other.
 *
 * @throws ServerError `another-server` before anything is written on a machine that the state does not know
 */
async function claimAll(
  server: Server,
  things: readonly Unclaimed[],
  gates: readonly string[],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const own = things.filter((each) => each.server === server.name);
  for (const hostMark of new Set(own.map((each) => each.hostMark)))
    await refuseOtherMachine(server, { ...server.settings, hostMark });
  for (const thing of own) outcomes.push({ thing, state: await claimOne(server, thing) });
  const owners = new Set(outcomes.map(({ thing }) => ownerOf(thing.claimant.logicalName).owner));
  await withdrawEarlier(server, owners, gates);
  return outcomes;
}

/** Takes back what gates of this stack have announced that are no longer in its state. */
async function withdrawEarlier(
  server: Server,
  owners: ReadonlySet<string>,
  gates: readonly string[],
): Promise<void> {
  const announcements = await readAnnouncements(server);
  const earlier = announcements.filter(({ owner, id }) => owners.has(owner) && !gates.includes(id));
  for (const { id } of earlier) await announce(server, id, undefined);
}

async function claimOne(server: Server, thing: Unclaimed): Promise<Outcome["state"]> {
  const { kind, key, claimant, adopted } = thing;
  const found = await claimsOn(server, kind, key);
  const isOwn = ({ id }: { id: string }): boolean => id === claimId(claimant);
  if (found.some(isOwn)) return "there already";
  const { owner } = ownerOf(claimant.logicalName);
  const earlier = found.filter(({ content }) => content?.owner === owner);
  const isForeign = kind === "member" && earlier.length < found.length;
  if (isForeign || !(await stands(server, thing))) return "changed meanwhile";
  // What stood there before this stack's own resources is still what its destruction leaves.
  const inherited = earlier.find(({ content }) => content?.before)?.content?.before;
  const before = adopted && kind === "line" ? { line: true } : inherited;
  await layClaim(server, { kind, key, claimant, found: [], before, adopted });
  // Other resources of this stack had it under another name. They are no longer in its state.
  await dropClaims(server, earlier);
  return (await claimNamesOn(server, kind, key)).some(isOwn) ? "written" : "changed meanwhile";
}

/** Whether the thing is as the state knows it: an entry with its token, or a line. */
async function stands(server: Server, { kind, key, token }: Unclaimed): Promise<boolean> {
  if (kind === "line") return holdsAddress((await readTrustedAddresses(server)) ?? "", key);
  const member = await readMember(server, key);
  return member !== undefined && member.fields.pass === token;
}

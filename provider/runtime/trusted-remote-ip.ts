import {
  trustedRemoteIp as schema,
  type TrustedRemoteIpInputs,
  type TrustedRemoteIpState,
} from "../schema/trusted-remote-ip";
import {
  addTrustedAddress,
  findTrustedAddresses,
  claimsOfKind,
  holdsAddress,
  readTrustedAddresses,
  removeTrustedAddress,
  type Before,
  type Claimant,
  type Server,
} from "../servers";
import {
  beforeOf,
  claim,
  claimStatus,
  holdersOf,
  releaseOf,
  standingClaim,
  type Release,
  type Thing,
} from "./claims/claims";
import { differing } from "./difference";
import { PartialFailure } from "./engine/failures";
import { asProvider, type Lifecycle } from "./lifecycle";
import { servers } from "./engine/session";
import { warn } from "./engine/warn";

const lifecycle: Lifecycle<typeof schema, TrustedRemoteIpState> = {
  title: "The trusted address",
  judged: "address",
  schema,
  host: (state) => state.server,

  compare: (state, inputs) => ({
    changed: [],
    replaces: differing(["server", "address"], state, inputs),
    hidden: state.unclaimed === true,
  }),

  async create(inputs) {
    return { id: idOf(inputs), state: await ensure(inputs) };
  },

  async read(state) {
    const server = servers().get(state.server);
    const [text, mark] = await Promise.all([
      readTrustedAddresses(server),
      standingClaim(thingOf(server, state.address), state.claim),
    ]);
    if (text === undefined || !holdsAddress(text, state.address)) return undefined;
    const { unclaimed: _before, ...known } = state;
    const live = { ...known, ...claimStatus(state.claim, mark) };
    const { claim: _claim, stood: _stood, ...inputs } = live;
    return { state: live, inputs };
  },

  // Runs after an unconfirmed write, and when the register has lost the claim.
  update: (state, inputs) => ensure(inputs, beforeIn(state)),

  async delete(state) {
    const server = servers().get(state.server);
    await server.exclusively(async () => {
      const release = await releaseOf(thingOf(server, state.address), claimantOf(state), state.claim);
      if (!release.isNeeded) await removeUnlessItStood(server, state, release);
      await release.drop();
    });
  },
};

/** Lifecycle of a line among a server's trusted addresses: create, read and delete. */
export const trustedRemoteIp = asProvider(lifecycle);

/** Removes the line if it is ours. One that stays has a warning, unless the declaration found it and never adopted it. */
async function removeUnlessItStood(
  server: Server,
  state: TrustedRemoteIpState,
  { isClaimed, before }: Release,
): Promise<void> {
  const stoodBefore = isClaimed ? before?.line === true : state.adopted === true;
  if (isClaimed && !stoodBefore) {
    await removeTrustedAddress(server, state.address, before?.noFile === true);
    return;
  }
  if (stoodBefore && !state.adopted) return;
  if (await isThere(server, state.address)) warn(stoodBefore ? staysAdopted(state) : staysUnclaimed(state));
}

/**
 * Creates or updates: claims the line, then writes it unless it is there.
 *
 * @param known what was there before the claim of an earlier run, which may be lost
 */
async function ensure(inputs: TrustedRemoteIpInputs, known?: Before): Promise<TrustedRemoteIpState> {
  const server = servers().get(inputs.server);
  return server.exclusively(async () => {
    const list = await findTrustedAddresses(server);
    const state = { ...inputs, ...(await claimLine(server, inputs, known)) };
    try {
      await addTrustedAddress(list, inputs.address);
    } catch (error) {
      throw new PartialFailure(idOf(inputs), state, error);
    }
    return state;
  });
}

/**
 * Claims the line. Several stacks may trust an address: the line goes with the last claim, unless it was there before all.
 */
async function claimLine(
  server: Server,
  { logicalName, address }: TrustedRemoteIpInputs,
  known: Before | undefined,
): Promise<Pick<TrustedRemoteIpState, "claim" | "stood">> {
  const thing = thingOf(server, address);
  const claimant = claimantOf({ logicalName });
  const [text, holders] = await Promise.all([readTrustedAddresses(server), holdersOf(thing, claimant)]);
  const before = beforeOf(holders) ?? known ?? (await found(server, text, address));
  return { claim: await claim(thing, claimant, { holders, before, isShared: true }), ...stoodIn(before) };
}

function stoodIn({ line, noFile }: Before): Pick<TrustedRemoteIpState, "stood"> {
  if (line) return { stood: "line" };
  return noFile ? {} : { stood: "file" };
}

function beforeIn({ stood }: TrustedRemoteIpState): Before {
  return { line: stood === "line", noFile: stood === undefined };
}

/** Returns what is there now. A file that was made for one of our lines goes with the last of them. */
async function found(server: Server, text: string | undefined, address: string): Promise<Before> {
  if (text === undefined) return { line: false, noFile: true };
  const claims = await claimsOfKind(server, "line");
  const noFile = claims.some(({ content }) => content?.before?.noFile === true);
  return { line: holdsAddress(text, address), noFile };
}

function claimantOf({ logicalName }: Pick<TrustedRemoteIpState, "logicalName">): Claimant {
  return { type: "TrustedRemoteIp", logicalName };
}

function thingOf(server: Server, address: string): Thing {
  return { server, kind: "line", key: address };
}

async function isThere(server: Server, address: string): Promise<boolean> {
  return holdsAddress((await readTrustedAddresses(server)) ?? "", address);
}

function idOf({ server, address }: TrustedRemoteIpInputs): string {
  return `${server}/${address}`;
}

function staysAdopted({ server, address }: TrustedRemoteIpState): string {
  return (
    `The trusted address ${address} stays on ${server}: it was there before this stack adopted it. ` +
    "Remove the line from /etc/ips.remotedns if nobody needs it."
  );
}

function staysUnclaimed({ server, address }: TrustedRemoteIpState): string {
  return (
    `The trusted address ${address} stays on ${server}: the register there does not say that it is this stack's. ` +
    "If it is, remove the line from /etc/ips.remotedns."
  );
}

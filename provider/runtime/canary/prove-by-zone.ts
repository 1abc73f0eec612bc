import { type ClusterProofInputs, provenInput } from "../../schema/cluster-proof";
import type { ZoneProof } from "../../schema/zone-proof";
import { adddns, isServerError, layClaim, readZone, soaSerial, someAtOnce } from "../../servers";
import { listText } from "../../topology";
import { isForgotten, servers } from "../engine/session";
import type { Doubt } from "../proof/prove-entry";
import { unreached } from "../recognising/unreached";
import { whyNotServed, type Awaited } from "./arrival";
import { canaryAddress, isCanaryText, newCanaryZone } from "./canary-zone";
import { canaryClaimant, namesToSearch } from "./left-canaries";
import { NameserverAnswers } from "./nameserver-answers";
import { placesFinder, type FindPlaces } from "./places";
import { planCanaries, type PlannedCanary } from "./plan";
import { forgetCanary, removeCanary, type Canary } from "./removal";

/** Canaries that stand at the same time. */
const canariesAtOnce = 8;

/** What the canaries of a proof share. */
interface Look {
  readonly inputs: ClusterProofInputs;
  readonly zone: ZoneProof;
  readonly answers: NameserverAnswers;
  readonly findPlaces: FindPlaces;
}

/**
 * Makes a canary zone on each web server, waits until every nameserver that it feeds answers for it, and removes it. It is
 * claimed before it is made, so that the next run removes it if this one is killed.
 */
export async function proveByZone(inputs: ClusterProofInputs, zone: ZoneProof): Promise<Doubt[]> {
  const look = { inputs, zone, answers: new NameserverAnswers(), findPlaces: placesFinder() };
  const plans = planCanaries(inputs[provenInput]).filter(({ origin }) => !isForgotten(origin));
  const doubts = await someAtOnce(plans, canariesAtOnce, (plan) => proveFrom(plan, look));
  const silent = look.answers.silent.filter((name) => plans.some(({ reaches }) => reaches.includes(name)));
  return [
    ...doubts.flat(),
    ...(silent.length === 0 ? [] : [{ kind: "unproven" as const, sentence: silentText(silent) }]),
  ];
}

async function proveFrom(plan: PlannedCanary, look: Look): Promise<Doubt[]> {
  const { origin, reaches } = plan;
  try {
    const { names, obstacle } = await look.findPlaces(origin);
    if (obstacle !== undefined) return [{ kind: "unproven", sentence: notRemovable(origin, obstacle) }];
    const canary = await claimed(origin, look);
    const { doubts, mayComeLater } = await followed(canary, plan, look);
    const searched = namesToSearch(look.inputs[provenInput], [...names, ...reaches]);
    const left = await removeCanary(canary, searched, look.answers);
    if (left.length === 0 && !mayComeLater) await forgetCanary(canary);
    return [
      ...doubts,
      ...left.map((sentence): Doubt => ({ kind: "wrong", sentence: `${sentence} ${byHand}` })),
    ];
  } catch (error) {
    return [doubtIn(origin, error)];
  }
}

async function claimed(origin: string, { inputs, zone: { under } }: Look): Promise<Canary> {
  const server = servers().get(origin);
  const wanted = {
    kind: "zone",
    key: newCanaryZone(under),
    claimant: canaryClaimant(inputs.logicalName),
    found: [],
    before: undefined,
  } as const;
  return { origin, claim: await server.exclusively(() => layClaim(server, wanted)) };
}

interface Followed {
  readonly doubts: readonly Doubt[];
  /** Whether WHM may bring the zone to a server after it was removed: what has failed waits in a queue. */
  readonly mayComeLater: boolean;
}

/** Makes a claimed canary and waits until it has arrived everywhere. */
async function followed({ origin, claim }: Canary, plan: PlannedCanary, look: Look): Promise<Followed> {
  const { key: zone, id } = claim;
  try {
    const serial = await madeOn(origin, zone, canaryAddress(zone, id));
    if (typeof serial === "string")
      return { doubts: [{ kind: "wrong", sentence: serial }], mayComeLater: false };
    const until = performance.now() + look.zone.within * 1000;
    const names = plan.reaches.filter((name) => !isForgotten(name));
    const doubts = await Promise.all(
      names.map((name) => arrival(origin, name, { zone, serial, until }, look)),
    );
    return { doubts: doubts.flat(), mayComeLater: doubts.flat().length > 0 };
  } catch (error) {
    return { doubts: [doubtIn(origin, error)], mayComeLater: true };
  }
}

async function arrival(
  origin: string,
  name: string,
  awaited: Awaited,
  { answers, zone: { within } }: Look,
): Promise<Doubt[]> {
  try {
    const why = await whyNotServed(name, awaited, answers);
    if (why === undefined) return [];
    const sentence = `${origin} made the canary zone ${awaited.zone}, and after ${within} s ${name} ${why}. ${lookAt(origin, name)}`;
    return [{ kind: "wrong", sentence }];
  } catch (error) {
    return [doubtIn(name, error)];
  }
}

/** Makes a zone. Returns its serial, or a sentence on what went wrong. */
async function madeOn(origin: string, zone: string, ip: string): Promise<number | string> {
  const server = servers().get(origin);
  try {
    await server.exclusively(() => adddns(server.api, { zone, ip }));
  } catch (error) {
    if (isServerError(error, ...refusals)) return refusedText(origin, zone, error.said);
    // Without an answer it may have been made all the same.
    if (!isServerError(error, "reply-lost", "unexpected-reply")) throw error;
  }
  const text = await readZone(server, zone);
  const serial = text !== undefined && isCanaryText(text, ip) ? soaSerial(text) : undefined;
  return serial ?? `${origin}: WHM has not made the canary zone ${zone}, though it did not refuse to.`;
}

/** Answers after which there is no zone. */
const refusals = ["refused-by-server", "missing-privilege", "unknown-function"] as const;

function doubtIn(origin: string, error: unknown): Doubt {
  if (!isServerError(error)) throw error;
  const kind = isServerError(error, ...unreached) ? "unreached" : "wrong";
  return { kind, sentence: `${origin}: ${error.message}` };
}

const byHand = "Run pulumi up again, or delete the zone there in WHM.";

function refusedText(origin: string, zone: string, said: string): string {
  return (
    `${origin}: WHM refuses to make the canary zone ${zone}: ${said}. Name a domain of yours under which it takes zones, ` +
    'proof: { zone: { under: "example.com" } }, or prove without a zone, proof: true.'
  );
}

function lookAt(origin: string, name: string): string {
  return `Look at the member ${name} on ${origin}, at its queue of failed requests, and at the nameserver on ${name}.`;
}

function notRemovable(origin: string, obstacle: string): string {
  return `${origin}: no canary zone is made, because it could not be removed everywhere: ${obstacle}`;
}

function silentText(names: readonly string[]): string {
  return `${listText(names)} gave this machine no answer over DNS: of the canary zones only the files were compared.`;
}

import { setTimeout as pause } from "node:timers/promises";
import { dropClaims, isServerError, killdns, readZone, someAtOnce, type ClaimName } from "../../servers";
import { servers } from "../engine/session";
import { recognise } from "../recognising/recognised";
import { canaryAddress, isCanaryText } from "./canary-zone";
import type { NameserverAnswers } from "./nameserver-answers";

/** A canary that may stand on servers. */
export interface Canary {
  /** Web server on which it was made, and which has its claim. */
  readonly origin: string;
  readonly claim: ClaimName;
}

/** Milliseconds in which it must be gone. */
const patience = 10_000;
const betweenTries = 1_000;
const serversAtOnce = 8;

/**
 * Removes a canary from servers, each by its own API: WHM can't delete a zone on a member with the role write-only. Looks
 * again until it is gone from every one, because WHM reports success whatever has happened.
 *
 * @returns a sentence for each server that still has it, or may have it
 */
export async function removeCanary(
  canary: Canary,
  names: readonly string[],
  answers: NameserverAnswers,
): Promise<string[]> {
  const end = performance.now() + patience;
  for (;;) {
    // From its origin first, which would bring it back elsewhere.
    const left = [
      ...(await removedFrom(canary.origin, canary, answers)),
      ...(await someAtOnce(others(canary, names), serversAtOnce, (name) =>
        removedFrom(name, canary, answers),
      )),
    ].flat();
    if (left.length === 0 || performance.now() > end) return left;
    await pause(betweenTries);
  }
}

/** Removes the claim of a canary that is gone. */
export async function forgetCanary({ origin, claim }: Canary): Promise<void> {
  const server = servers().get(origin);
  await server.exclusively(() => dropClaims(server, [claim]));
}

function others({ origin }: Canary, names: readonly string[]): string[] {
  return names.filter((name) => name !== origin);
}

async function removedFrom(name: string, canary: Canary, answers: NameserverAnswers): Promise<string[]> {
  const { key: zone } = canary.claim;
  try {
    const said = await whyNotRemoved(name, canary, answers);
    return said === undefined ? [] : [`${name} ${said}.`];
  } catch (error) {
    if (!isServerError(error)) throw error;
    return [`${name} may still hold the canary zone ${zone}: ${error.message}`];
  }
}

async function whyNotRemoved(
  name: string,
  { origin, claim: { key: zone, id } }: Canary,
  answers: NameserverAnswers,
): Promise<string | undefined> {
  const server = servers().get(name);
  await recognise(server);
  const text = await readZone(server, zone);
  if (text !== undefined) {
    if (!isCanaryText(text, canaryAddress(zone, id)))
      return `holds a zone ${zone} that was not made here, so it is left alone`;
    await server.exclusively(() => killdns(server.api, { zone }));
    if ((await readZone(server, zone)) !== undefined) return `still holds the canary zone ${zone}`;
  }
  // Nobody asks a web server for zones, and many let nobody.
  if (name === origin) return undefined;
  const answer = await answers.of(name, zone);
  return "serial" in answer ? `still answers for the canary zone ${zone}` : undefined;
}

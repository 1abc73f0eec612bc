import { setTimeout as pause } from "node:timers/promises";
import { readSerial } from "../../servers";
import { servers } from "../engine/session";
import type { NameserverAnswers } from "./nameserver-answers";

/** A zone with the serial that every server must have, and until when, in milliseconds of `performance.now()`. */
export interface Awaited {
  readonly zone: string;
  readonly serial: number;
  readonly until: number;
}

const betweenLooks = 500;

/**
 * Waits until a server holds a zone and its nameserver answers with the serial. One that is silent over DNS is judged by
 * its file.
 *
 * @returns what it does instead, to follow its name; undefined when all is well
 */
export async function whyNotServed(
  name: string,
  awaited: Awaited,
  answers: NameserverAnswers,
): Promise<string | undefined> {
  for (;;) {
    const why = await whyNotYet(name, awaited, answers);
    if (why === undefined || performance.now() > awaited.until) return why;
    await pause(betweenLooks);
  }
}

async function whyNotYet(
  name: string,
  { zone, serial }: Awaited,
  answers: NameserverAnswers,
): Promise<string | undefined> {
  const copy = await readSerial(servers().get(name), zone);
  if (copy === undefined) return "does not hold it";
  if ("error" in copy) return `can't be read: ${copy.error.said}`;
  if (copy.serial !== serial)
    return `holds it with the serial ${copy.serial ?? "missing"} instead of ${serial}`;
  const answer = await answers.of(name, zone);
  if ("serial" in answer)
    return answer.serial === serial
      ? undefined
      : `answers with the serial ${answer.serial} instead of ${serial}`;
  return answer.isSilent ? undefined : `holds it but ${answer.said}`;
}

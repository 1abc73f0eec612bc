import * as pulumi from "../sdk";
import type { Program } from "../program/declarations";
import { isEngineAtWork, isProgramHost } from "../program/engine-at-work";

/** Seconds without a new declaration after which a program that holds something open is judged. */
const quietSeconds = 10;

/**
 * Resolves when the program has declared everything, as far as that can be known. The engine's own program host ends
 * when it runs out of work, which Node announces. A program inside another process never does.
 */
export function whenDeclared(everything: Program): Promise<void> {
  return isProgramHost() ? untilProgramEnds(everything) : untilQuietTurn();
}

function untilProgramEnds(everything: Program): Promise<void> {
  return new Promise((resolve) => {
    process.once("beforeExit", () => resolve());
    watchQuietTime(everything, resolve);
  });
}

/**
 * Handles a program that a server or timer keeps from ending. Waits for a period in which it declares nothing new and
 * waits for nothing from the engine, however long that takes.
 */
function watchQuietTime(everything: Program, resolve: () => void): void {
  let seen = -1;
  const timer = setInterval(() => {
    const count = declarationsIn(everything);
    if (count !== seen || isEngineAtWork()) {
      seen = count;
      return;
    }
    clearInterval(timer);
    if (everything.judged) return;
    void pulumi.log.warn(
      `The program has declared no link for ${quietSeconds} seconds and keeps something open. The links so far are judged now.`,
    );
    resolve();
  }, quietSeconds * 1000);
  timer.unref();
}

function declarationsIn({ clusters, linkByLink }: Program): number {
  const entries = [...linkByLink.values()].map(({ links, trusts }) => links.length + trusts.length);
  return entries.reduce((sum, count) => sum + count, clusters.length);
}

/** Waits for one whole turn of the event loop in which nothing else was waiting. */
function untilQuietTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}

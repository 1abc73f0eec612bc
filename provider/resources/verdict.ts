import * as pulumi from "@pulumi/pulumi";
import { reportFindings, TopologyError, validateDeclared, type Finding } from "../topology";
import { declared, findingsBeyond, linkByLink, type Declared } from "./declared";

/** Seconds without a new declaration after which a program that holds something open is judged. */
const quietSeconds = 10;

/**
 * The one verdict on everything that a program declares: the whole text of the rejection, or undefined.
 *
 * It never rejects, since a rejected promise would leave an inline program hanging. Every resource that is declared by
 * itself, and the gate of every cluster, carries it as an input and fails its own check with it, so that nothing is
 * created, whatever way the program is run.
 *
 * @throws pulumi.RunError for a link that is declared after the verdict and is not accepted together with the others
 */
export function sharedVerdict(): Promise<string | undefined> {
  const everything = declared();
  if (everything.judged) refuseLateComer(everything);
  everything.verdict ??= whenDeclared(everything).then(() => judgeOnce(everything));
  return everything.verdict;
}

function judgeOnce(everything: Declared): string | undefined {
  everything.judged = true;
  return judge(everything, true);
}

function refuseLateComer(everything: Declared): void {
  const rejection = judge(everything, false);
  if (rejection !== undefined) throw new pulumi.RunError(rejection);
}

function judge(everything: Declared, showWarnings: boolean): string | undefined {
  const topology = linkByLink(everything);
  try {
    const findings = validateDeclared(everything.clusters, topology);
    const warnings = findings.filter(({ severity }) => severity === "warning");
    const errors = findings.filter(({ severity }) => severity === "error");
    if (showWarnings) warnOfLinks(warnings, validateDeclared(everything.clusters));
    return errors.length === 0 ? undefined : reportFindings(errors, "The links are rejected", topology);
  } catch (error) {
    if (error instanceof TopologyError) return error.message;
    throw error;
  }
}

/** Clusters have shown their own warnings when they were declared. */
function warnOfLinks(warnings: Finding[], shown: Finding[]): void {
  const fresh = findingsBeyond(shown, warnings);
  if (fresh.length > 0)
    void pulumi.log.warn(reportFindings(fresh, "The rules have something to say of the links"));
}

/**
 * Resolves when the program has declared everything, as far as that can be known. The engine's own program host ends
 * by running out of work, which Node announces; a program inside another process never does.
 */
function whenDeclared(everything: Declared): Promise<void> {
  return isProgramHost() ? untilProgramEnds(everything) : untilQuietTurn();
}

function isProgramHost(): boolean {
  return /[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]run/.test(process.argv[1] ?? "");
}

function untilProgramEnds(everything: Declared): Promise<void> {
  return new Promise((resolve) => {
    process.once("beforeExit", () => resolve());
    watchQuietTime(everything, resolve);
  });
}

/** A server or timer in the program keeps it from ending. Then a while without a new declaration has to do. */
function watchQuietTime(everything: Declared, resolve: () => void): void {
  let seen = -1;
  const timer = setInterval(() => {
    const count = everything.links.length + everything.trusts.length + everything.clusters.length;
    if (count !== seen) {
      seen = count;
      return;
    }
    clearInterval(timer);
    if (everything.judged) return;
    void pulumi.log.warn(
      `The program has declared no link for ${quietSeconds} seconds and keeps something open: the links so far are judged now.`,
    );
    resolve();
  }, quietSeconds * 1000);
  timer.unref();
}

/** One whole turn of the event loop in which nothing else was waiting. */
function untilQuietTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}

import * as pulumi from "../sdk";
import { MalformedError } from "../../schema/parse";
import { TopologyError } from "../../topology";
import { program } from "./program";

/**
 * Runs a piece of a constructor; a mistake of the user's is shown as its sentence alone, without a stack trace. A program
 * with a mistake in it is rejected as a whole: where the process goes on after it, what was declared before is not made.
 */
export function asProgramErrors<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof MalformedError) && !(error instanceof TopologyError)) throw error;
    return refuse(error.message);
  }
}

/** Rejects the whole program with a sentence: where the process goes on after it, nothing of ours is made. */
export function refuse(message: string): never {
  program().error ??= message;
  throw programError(message);
}

/** An error of which the engine shows the sentence alone; inside an `apply` it would show the stack of any other one. */
export function programError(message: string): pulumi.RunError {
  return Object.assign(new pulumi.RunError(message), { stack: "" });
}

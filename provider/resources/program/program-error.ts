import * as pulumi from "../sdk";
import { MalformedError } from "../../schema/parse";
import { TopologyError } from "../../topology";
import { program } from "./program";

/**
 * Runs part of a constructor. Shows a user's mistake as a sentence, without a stack trace, and rejects the whole
 * program: if the process goes on after it, what was declared before is not made either.
 */
export function asProgramErrors<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof MalformedError) && !(error instanceof TopologyError)) throw error;
    return refuse(error.message);
  }
}

/** Rejects the whole program with a sentence. If the process goes on after it, nothing of this package is made. */
export function refuse(message: string): never {
  program().error ??= message;
  throw programError(message);
}

/** Makes an error that the engine shows as a sentence. For any other error inside an `apply` it would show the stack. */
export function programError(message: string): pulumi.RunError {
  return Object.assign(new pulumi.RunError(message), { stack: "" });
}

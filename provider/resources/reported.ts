import * as pulumi from "@pulumi/pulumi";
import { MalformedError } from "../schema/parse";
import { TopologyError } from "../topology";

/** Runs a piece of a constructor; a mistake of the user's is shown as its sentence alone, without a stack trace. */
export function reported<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof MalformedError || error instanceof TopologyError)
      throw new pulumi.RunError(error.message);
    throw error;
  }
}

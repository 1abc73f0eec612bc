import { MalformedError } from "../schema/parse";
import { printable } from "./streams";
import { UsageError } from "./usage-error";

/**
 * Runs the parsing of something that a file or a stack holds.
 *
 * @throws UsageError with all problems when it is malformed
 */
export function asUsageErrors<Result>(parse: () => Result): Result {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    throw new UsageError(printable(error.message), { cause: error });
  }
}

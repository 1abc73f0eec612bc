/** A mistake in the command line or in a file that it names: one sentence, exit code 2, no stack trace. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

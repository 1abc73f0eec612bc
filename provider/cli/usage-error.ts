import { printable } from "./streams";

/** Something that the user can put right: a file that is not there, a word that does not exist. Ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";

  constructor(message: string, options?: ErrorOptions) {
    super(printable(message), options);
  }
}

import { printable } from "./streams";

/** The user made a mistake that can be corrected, such as a missing file or an unknown word. Ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";

  constructor(message: string, options?: ErrorOptions) {
    super(printable(message), options);
  }
}

import { ServerError, type ServerErrorDetails } from "./errors";
import { redact, type Secret } from "./secret";

/** Makes the errors of one server and keeps the secrets that are used with it out of them. */
export class ErrorReporter {
  readonly #secrets = new Set<Secret>();

  constructor(readonly server: string) {}

  /** From now on the secret is replaced by stars in every error. */
  hide(secret: Secret): Secret {
    this.#secrets.add(secret);
    return secret;
  }

  error(details: Omit<ServerErrorDetails, "server">, alsoHidden: readonly Secret[] = []): ServerError {
    const said = redact(details.said, [...this.#secrets, ...alsoHidden]);
    return new ServerError({ ...details, server: this.server, said });
  }
}

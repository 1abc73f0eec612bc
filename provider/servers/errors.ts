import { redact, type Secret } from "./secret";

/** All ways in which communication with a server fails. */
export const serverErrorCodes = [
  "unreachable",
  "timed-out",
  "connection-lost",
  "reply-lost",
  "unknown-host-key",
  "changed-host-key",
  "untrusted-certificate",
  "missing-credential",
  "refused-credential",
  "missing-privilege",
  "unknown-function",
  "unexpected-reply",
  "refused-by-server",
  "file-error",
  "forwarding-refused",
  "unknown-server",
  "unsupported-version",
  "exists-already",
  "differs",
  "not-whm",
  "another-server",
  "damaged-register",
  "in-use",
  "expired",
  "feeds-back",
  "clustering-off",
  "own-address",
  "not-confirmed",
  "invalid-value",
] as const;

export type ServerErrorCode = (typeof serverErrorCodes)[number];

export interface ServerErrorDetails {
  code: ServerErrorCode;
  /** Name of the server, as the user wrote it. */
  server: string;
  /** Description of the attempt, to follow "Failed to". */
  phrase: string;
  /** What the server, the network or the library said. Must contain no secret: see `redact`. */
  said: string;
  /** What the user can do about it, in whole sentences. */
  wayOut: string;
  cause?: unknown;
}

const longestSentence = 300;
/** The most of a text from outside that is shown. */
const longestQuote = 200;

/**
 * A server could not be asked, or it refused. Everything in this folder throws it, with a code for programs and a
 * sentence for people. Not used for a malformed configuration, which fails before a server is contacted.
 */
export class ServerError extends Error {
  override readonly name = "ServerError";
  readonly code: ServerErrorCode;
  readonly server: string;
  readonly phrase: string;
  readonly said: string;
  readonly wayOut: string;

  constructor({ code, server, phrase, said, wayOut, cause }: ServerErrorDetails) {
    const sentence = inOneLine(said, longestSentence) || "nothing";
    super(`Failed to ${phrase} on ${server}: ${sentence} [${code}]. ${wayOut}`, { cause });
    this.code = code;
    this.server = server;
    this.phrase = phrase;
    this.said = sentence;
    this.wayOut = wayOut;
  }
}

/** Whether an error is a ServerError, with one of the given codes if there are any. */
export function isServerError(error: unknown, ...codes: readonly ServerErrorCode[]): error is ServerError {
  return error instanceof ServerError && (codes.length === 0 || codes.includes(error.code));
}

/**
 * Makes one line without colours, control characters and marks that turn the direction of writing, cut to a readable
 * length, without a final full stop: the sentence adds one.
 */
function inOneLine(text: string, longest: number): string {
  const plain = text.replace(/\p{Cc}\[[\d;?]*[@-~]/gu, " ");
  const line = plain.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  const short = line.length > longest ? `${line.slice(0, longest).trimEnd()}…` : line;
  return short.replace(/\.+$/, "");
}

/** Returns the first line with something in it. */
export function firstLine(text: string): string {
  return text.split(/[\r\n\v\f\u2028\u2029]+/).find((line) => inOneLine(line, longestQuote) !== "") ?? "";
}

/** What is known of a failure before it is known on which server. */
export interface ErrorDetails extends Omit<ServerErrorDetails, "server"> {
  /** Text from outside, such as a banner or the title of a page. Quoted after what is said, and cut. */
  wrote?: string | undefined;
}

/** Makes the errors of one server and keeps the secrets used with it out of them. */
export class ErrorReporter {
  readonly #secrets = new Set<Secret>();

  constructor(readonly server: string) {}

  /** Replaces the secret by stars in every error from now on. */
  hide(secret: Secret): Secret {
    this.#secrets.add(secret);
    return secret;
  }

  error({ wrote = "", ...details }: ErrorDetails, alsoHidden: readonly Secret[] = []): ServerError {
    // Cut only when no secret is left: half of one would no longer be recognised.
    const hide = (text: string): string => redact(text, [...this.#secrets, ...alsoHidden]);
    const said = [hide(details.said), inOneLine(hide(wrote), longestQuote)].filter((part) => part !== "");
    return new ServerError({ ...details, server: this.server, said: said.join(": ") });
  }
}

/**
 * Returns the message of one of Node's errors. The error that combines several, for a host name with several addresses,
 * has none itself; the errors in it do.
 */
export function troubleText(error: Error): string {
  if (error.message !== "") return error.message;
  const each = error instanceof AggregateError ? (error.errors as Error[]).map(({ message }) => message) : [];
  const said = [...new Set(each)].filter((text) => text !== "").join("; ");
  return said || ((error as NodeJS.ErrnoException).code ?? error.name);
}

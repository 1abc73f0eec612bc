import type { ServerErrorCode } from "../errors";

/** A reply before it is parsed. */
export interface RawReply {
  body: string;
  /** HTTP status; undefined for a reply from a command line. */
  status?: number;
  /** Where a redirect leads. */
  location?: string | undefined;
  /** Name of the program that answers, if it tells it; WHM's is `cpsrvd`. */
  program?: string | undefined;
}

/** Why a call failed, before it is known where and in what. */
export interface CallFailure {
  code: ServerErrorCode;
  said: string;
  /** Text from outside, quoted after what is said. */
  wrote?: string;
  wayOut: string;
  /** Whether no other call may follow: WHM locks out addresses that guess. */
  isFinal?: boolean;
  /** Whether the call may have been carried out nevertheless. */
  mayHaveHappened?: boolean;
}

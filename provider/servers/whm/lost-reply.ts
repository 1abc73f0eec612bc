import type { CallFailure } from "./envelope";

/** A change was sent and no answer came: it may have happened, so it is never sent again without looking. */
export function lostReply(said: string): CallFailure {
  return {
    code: "reply-lost",
    said: `the answer never came: ${said}`,
    wayOut: "Whether it happened is not known. It is not sent again blindly: the next run looks first.",
  };
}

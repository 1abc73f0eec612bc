import { z } from "zod";
import { isServerError } from "../errors";
import { readReply } from "./envelope";
import type { CallFailure, RawReply } from "./reply";

const data = z.object({ version: z.string().regex(/^[\d.]+$/) });

/** Names the server's version in the failure for a function that it lacks. Other failures stay as they are. */
export async function withVersion(
  failure: CallFailure,
  functionName: string,
  askVersion: () => Promise<RawReply>,
): Promise<CallFailure> {
  if (failure.code !== "unknown-function" || functionName === "version") return failure;
  const version = await readVersion(askVersion);
  return version === undefined
    ? failure
    : { ...failure, said: `cPanel & WHM ${version} runs there, without the function ${functionName}` };
}

/** Returns the version; undefined if the server doesn't tell it. */
async function readVersion(ask: () => Promise<RawReply>): Promise<string | undefined> {
  try {
    const outcome = readReply(await ask());
    return "data" in outcome ? data.safeParse(outcome.data).data?.version : undefined;
  } catch (error) {
    if (isServerError(error)) return undefined;
    throw error;
  }
}

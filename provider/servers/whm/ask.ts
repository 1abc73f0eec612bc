import type { z } from "zod";
import { ServerError } from "../errors";
import type { Secret } from "../secret";
import { underWay } from "../work-under-way";
import type { ApiParameters, WhmApi } from "./api";

export interface Question<Reply extends z.ZodType> {
  /** Description of the attempt, to follow "Failed to". */
  phrase: string;
  functionName: string;
  parameters?: ApiParameters;
  /** Whether the call changes something. @default false */
  mutation?: boolean;
  /** Secrets among the parameters. */
  secrets?: readonly Secret[];
  /** Shape of the reply's `data`. */
  reply: Reply;
}

/** Calls a function of WHM API 1 and parses the `data` of its reply. */
export async function ask<Reply extends z.ZodType>(
  api: WhmApi,
  question: Question<Reply>,
): Promise<z.output<Reply>> {
  const { phrase, functionName, parameters = {}, mutation = false, secrets = [] } = question;
  const call = () => api.call(phrase, functionName, parameters, { mutation, secrets });
  const data = await (mutation ? underWay(call) : call());
  const parsed = question.reply.safeParse(data);
  if (parsed.success) return parsed.data;
  // Only paths and expectations: the values may be secrets.
  const problems = parsed.error.issues.map(
    (issue) => `${["data", ...issue.path].join(".")}: ${issue.message}`,
  );
  throw new ServerError({
    code: "unexpected-reply",
    server: api.server,
    phrase,
    said: `the reply of ${functionName} has an unexpected shape: ${problems.join("; ")}`,
    wayOut: "Report it with the version of cPanel & WHM on this server.",
  });
}

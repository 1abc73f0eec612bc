import { z } from "zod";
import { refusedCredentialWayOut } from "../credentials";
import type { ServerErrorCode } from "../errors";
import { answered, foreignReply, isHtml, licenceWayOut } from "./foreign-reply";
import type { CallFailure, RawReply } from "./reply";

export type Outcome = { data: unknown } | { failure: CallFailure };

const envelope = z.object({
  metadata: z.object({ result: z.literal([0, 1, "0", "1"]), reason: z.string().nullish() }),
  data: z.unknown().optional(),
});

const cpanelReply = z.object({ cpanelresult: z.object({ error: z.string().nullish() }) });

/** API 0, and what WHM answers a failed log-in with. */
const statusReply = z.object({
  status: z.literal([0, 1, "0", "1"]),
  statusmsg: z.string().nullish(),
  message: z.string().nullish(),
});
const apiZero = z.union([
  z
    .object({ result: z.array(z.object({ statusmsg: z.string().nullish() })).min(1) })
    .transform(({ result }) => result[0]),
  statusReply,
]);

/** WHM reveals these causes only by their wording. */
const tellingReasons: { pattern: RegExp; code: ServerErrorCode; wayOut: string }[] = [
  {
    pattern: /^Unknown app \(/i,
    code: "unknown-function",
    wayOut: "The function is missing in this version: update cPanel & WHM on this server.",
  },
  {
    pattern: /required privileges|clustering ACL|do not have permission/i,
    code: "missing-privilege",
    wayOut: "Use a token that holds the privilege, or log in as root.",
  },
  {
    pattern: /licen[cs]e.*(?:expired|invalid|not valid|inactive)|(?:invalid|expired).*licen[cs]e/i,
    code: "refused-by-server",
    wayOut: licenceWayOut,
  },
];

/** Parses a reply of WHM API 1. `metadata.result` decides; without metadata there is no success. */
export function readReply(reply: RawReply): Outcome {
  const outcome = parseReply(reply);
  if (!("failure" in outcome)) return isDenied(reply) ? { failure: denied(reply) } : outcome;
  return isDenied(reply)
    ? { failure: { ...outcome.failure, isFinal: true, mayHaveHappened: false } }
    : outcome;
}

function parseReply(reply: RawReply): Outcome {
  const value = fromJson(reply.body);
  if (value === undefined) return { failure: isSilentDenial(reply) ? denied(reply) : foreignReply(reply) };
  const parsed = envelope.safeParse(value);
  if (!parsed.success) return { failure: withoutMetadata(value, reply) };
  const { metadata, data } = parsed.data;
  return Number(metadata.result) === 1
    ? { data: data ?? null }
    : { failure: refusal(metadata.reason, reply) };
}

function isDenied({ status }: RawReply): boolean {
  return status === 401 || status === 403;
}

/** Whether WHM itself seems to deny, though without its usual words. A page or another program is something in front. */
function isSilentDenial(reply: RawReply): boolean {
  return isDenied(reply) && !isHtml(reply) && /^(?:cpsrvd.*)?$/i.test(reply.program ?? "");
}

function refusal(reason: string | null | undefined, reply: RawReply): CallFailure {
  const wrote = reason || "the call failed without a reason";
  const telling = tellingReasons.find(({ pattern }) => pattern.test(wrote));
  if (!telling && isDenied(reply)) return denied(reply);
  return {
    code: telling?.code ?? "refused-by-server",
    said: "",
    wrote,
    wayOut: telling?.wayOut ?? "See /usr/local/cpanel/logs/error_log on the server for more.",
  };
}

function denied({ status }: RawReply): CallFailure {
  const said = status === undefined ? "it answered access denied" : `HTTP ${status}, access denied`;
  return { code: "refused-credential", said, wayOut: refusedCredentialWayOut, isFinal: true };
}

/** Recognises the older shapes of WHM's own answers. Other JSON comes from something else, also with status 403. */
function withoutMetadata(value: unknown, reply: RawReply): CallFailure {
  const cpanel = cpanelReply.safeParse(value);
  if (cpanel.success) return olderReply("API 2", cpanel.data.cpanelresult.error, reply);
  const legacy = apiZero.safeParse(value);
  if (legacy.success) return olderReply("API 0", textOf(legacy.data), reply);
  return {
    code: "unexpected-reply",
    said: `${answered(reply)} JSON without the metadata of WHM API 1`,
    wayOut: "Something else answered in WHM's place, or WHM is older than 11: check api.host and api.port.",
  };
}

function textOf(reply: z.output<typeof apiZero>): string | null | undefined {
  return reply && (reply.statusmsg ?? ("message" in reply ? reply.message : undefined));
}

function olderReply(api: string, text: string | null | undefined, reply: RawReply): CallFailure {
  if (isDenied(reply) || /access denied/i.test(text ?? "")) return denied(reply);
  return {
    code: "unexpected-reply",
    said: `${answered(reply)} a reply of the old ${api}`,
    wrote: text ?? "",
    wayOut:
      "WHM did not see api.version: a proxy may have dropped the request's body, or WHM is older than 11. Check api.host and api.port.",
  };
}

function fromJson(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

/** Makes the failure for a change without an answer. It may have happened, so it is never sent again without looking. */
export function lostReply(said: string, wrote = ""): CallFailure {
  return {
    code: "reply-lost",
    said: `the answer never came: ${said}`,
    wrote,
    wayOut: "Whether it happened is not known. It is not sent again blindly: the next run looks first.",
  };
}

import { z } from "zod";
import { refusedCredentialWayOut } from "../credentials";
import type { ServerErrorCode } from "../errors";

/** A reply before it is parsed. */
export interface RawReply {
  body: string;
  /** HTTP status; undefined for a reply from a command line. */
  status?: number;
}

/** Why a call failed, before it is known where and in what. */
export interface CallFailure {
  code: ServerErrorCode;
  said: string;
  wayOut: string;
  /** Whether the call may have been carried out nevertheless. */
  mayHaveHappened?: boolean;
}

export type Outcome = { data: unknown } | { failure: CallFailure };

const envelope = z.object({
  metadata: z.object({ result: z.literal([0, 1, "0", "1"]), reason: z.string().nullish() }),
  data: z.unknown().optional(),
});

const cpanelReply = z.object({ cpanelresult: z.object({ error: z.string().nullish() }) });

const apiZeroStatus = z.object({ statusmsg: z.string() });
const apiZero = z.union([
  z.object({ result: z.array(apiZeroStatus).min(1) }).transform((reply) => reply.result[0]),
  apiZeroStatus,
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
];

/** Parses a reply of WHM API 1. `metadata.result` decides; without metadata there is no success. */
export function readReply(reply: RawReply): Outcome {
  if (reply.status === 401 || reply.status === 403)
    return { failure: refusedCredential(`HTTP ${reply.status}, access denied`) };
  const value = fromJson(reply.body);
  if (value === undefined) return { failure: notJson(reply) };
  const parsed = envelope.safeParse(value);
  if (!parsed.success) return { failure: withoutMetadata(value, reply) };
  const { metadata, data } = parsed.data;
  return Number(metadata.result) === 1 ? { data: data ?? null } : { failure: refusal(metadata.reason) };
}

function refusal(reason: string | null | undefined): CallFailure {
  const said = reason || "the call failed without a reason";
  const telling = tellingReasons.find(({ pattern }) => pattern.test(said));
  return {
    code: telling?.code ?? "refused-by-server",
    said,
    wayOut: telling?.wayOut ?? "See /usr/local/cpanel/logs/error_log on the server for more.",
  };
}

function refusedCredential(said: string): CallFailure {
  return { code: "refused-credential", said, wayOut: refusedCredentialWayOut };
}

function withoutMetadata(value: unknown, reply: RawReply): CallFailure {
  const cpanel = cpanelReply.safeParse(value);
  if (cpanel.success && /access denied/i.test(cpanel.data.cpanelresult.error ?? "")) {
    return refusedCredential(`${answered(reply)} access denied`);
  }
  const legacy = apiZero.safeParse(value);
  const said = legacy.success
    ? `${answered(reply)} a reply of the old API 0: ${legacy.data?.statusmsg}`
    : `${answered(reply)} JSON without the metadata of WHM API 1`;
  return {
    code: "unexpected-reply",
    said,
    wayOut: "Check that cPanel & WHM 11 or later answers on this port.",
  };
}

/** Makes the failure for a reply that is not JSON. The body is never quoted: even cut short it may contain a secret. */
function notJson(reply: RawReply): CallFailure {
  const isHtml = /^\s*<(!doctype|html|head|body)/i.test(reply.body);
  const size = Buffer.byteLength(reply.body);
  return {
    code: "unexpected-reply",
    said: `${answered(reply)} ${isHtml ? "an HTML page" : `${size} bytes that are not JSON`}`,
    wayOut: isHtml
      ? "A log-in page or another service answered: check the port, and that the user may use WHM."
      : "The reply was cut short, or another service answered: check the port and the server's log.",
    mayHaveHappened: !isHtml || reply.status === 502 || reply.status === 504,
  };
}

function answered({ status }: RawReply): string {
  return status === undefined ? "it answered" : `it answered HTTP ${status} with`;
}

function fromJson(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

/** Makes the failure for a change without an answer. It may have happened, so it is never sent again without looking. */
export function lostReply(said: string): CallFailure {
  return {
    code: "reply-lost",
    said: `the answer never came: ${said}`,
    wayOut: "Whether it happened is not known. It is not sent again blindly: the next run looks first.",
  };
}

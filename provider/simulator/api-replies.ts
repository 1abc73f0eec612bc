import type { Envelope } from "./envelope";

/** A whole HTTP reply. */
export interface HttpReply {
  readonly status: number;
  /** Reason phrase. */
  readonly phrase: string;
  readonly type: string;
  readonly body: string;
}

/** Makes a reply of WHM API 1. */
export function envelopeReply(envelope: Envelope): HttpReply {
  return {
    status: 200,
    phrase: "OK",
    type: "application/json; charset=utf-8",
    body: JSON.stringify(envelope),
  };
}

/** Reply to a wrong, expired or misplaced token: in the form of an old API, declared as plain text. */
export const accessDenied: HttpReply = {
  status: 403,
  phrase: "Forbidden Access denied",
  type: "text/plain; charset=utf-8",
  body: JSON.stringify({
    cpanelresult: {
      apiversion: "2",
      error: "Access denied",
      data: { reason: "Access denied", result: "0" },
      type: "text",
    },
  }),
};

/** Makes the log-in page, with any status. */
export function loginPage(status: number, phrase: string): HttpReply {
  const body =
    '<!DOCTYPE html>\n<html><head><title>WHM Login</title></head><body><form id="login_form"></form></body></html>\n';
  return { status, phrase, type: "text/html; charset=utf-8", body };
}

/** Reply of API 0 if `api.version` was lost. */
export const legacyReply: HttpReply = {
  status: 200,
  phrase: "OK",
  type: "application/json; charset=utf-8",
  body: JSON.stringify({ result: [{ status: 0, statusmsg: "This function needs api.version=1." }] }),
};

/** An internal error. */
export const internalError: HttpReply = {
  status: 500,
  phrase: "Internal Server Error",
  type: "text/html; charset=utf-8",
  body: "<html><body><h1>HTTP error 500</h1></body></html>\n",
};

/** Reply for a missing page. */
export const notFound: HttpReply = {
  status: 404,
  phrase: "Not Found",
  type: "text/html; charset=utf-8",
  body: "<html><body><h1>HTTP error 404</h1></body></html>\n",
};

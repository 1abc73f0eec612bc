import type { Envelope } from "./envelope";

/** A whole HTTP reply. */
export interface HttpReply {
  readonly status: number;
  /** Reason phrase. */
  readonly phrase: string;
  readonly type: string;
  readonly body: string;
}

/** A reply of WHM API 1. */
export function envelopeReply(envelope: Envelope): HttpReply {
  return {
    status: 200,
    phrase: "OK",
    type: "application/json; charset=utf-8",
    body: JSON.stringify(envelope),
  };
}

/** What a wrong, expired or misplaced token gets: an old shape of another API, called plain text. */
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

/** The log-in page, with any status. */
export function loginPage(status: number, phrase: string): HttpReply {
  const body =
    '<!DOCTYPE html>\n<html><head><title>WHM Login</title></head><body><form id="login_form"></form></body></html>\n';
  return { status, phrase, type: "text/html; charset=utf-8", body };
}

/** What API 0 says when `api.version` was lost. */
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

/** A page that is not there. */
export const notFound: HttpReply = {
  status: 404,
  phrase: "Not Found",
  type: "text/html; charset=utf-8",
  body: "<html><body><h1>HTTP error 404</h1></body></html>\n",
};

import { STATUS_CODES } from "node:http";
import { firstLine } from "../errors";
import type { CallFailure, RawReply } from "./reply";

/** A reply that no function of WHM gives: what it is, and what to do about it. */
interface Kind extends CallFailure {
  fits: RegExp;
}

export const licenceWayOut =
  "Activate the licence on the server with /usr/local/cpanel/cpkeyclt; without it WHM answers nothing.";

/** Pages whose cause their words reveal, most telling first. */
const pages: readonly Kind[] = [
  {
    fits: /cphulk|brute.?force|locked out|temporarily (?:locked|blocked)|too many (?:failed|login|requests)/i,
    code: "unexpected-reply",
    said: "a page that locks this machine's address out",
    wayOut:
      "The token was not judged. Unblock the address in WHM, in cPHulk Brute Force Protection, and put it on the white list there.",
  },
  {
    fits: /licen[cs]e[^<]{0,80}(?:invalid|expired|not valid|inactive|suspended|file)|(?:invalid|expired|cannot read)[^<]{0,40}licen[cs]e/i,
    code: "unexpected-reply",
    said: "a page about WHM's licence",
    wayOut: licenceWayOut,
  },
  {
    fits: /captcha|challenge|just a moment|attention required|checking your browser|enable javascript and cookies/i,
    code: "unexpected-reply",
    said: "a page that wants to see a browser",
    wayOut:
      "A guard in front of WHM stopped the call, and the token was not judged. Let this machine's address and the path /json-api/ pass there, or set api.host to a name that leads to the server itself.",
  },
  {
    fits: /(?:whm|cpanel)[^<]{0,20}log.?in|login_form|goto_uri|whostmgr/i,
    code: "unexpected-reply",
    said: "WHM's log-in page",
    wayOut:
      "The call lost its token on the way or came to another port: check that api.port is WHM's (2087) and that no proxy takes the Authorization header out.",
  },
];

const otherPage: Omit<Kind, "fits"> = {
  code: "unexpected-reply",
  said: "an HTML page",
  wayOut:
    "Something else answered in WHM's place: another service, a proxy, or a portal of this machine's network that wants a log-in. Check api.host and api.port.",
};

/** Statuses of a proxy that got no answer from the server behind it. Those above 511 are common, not standard. */
const gateways: Readonly<Record<number, string>> = {
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
  520: "Unknown Error",
  521: "Web Server Is Down",
  522: "Connection Timed Out",
  523: "Origin Is Unreachable",
  524: "A Timeout Occurred",
  525: "TLS Handshake Failed",
  526: "Invalid Certificate",
  530: "Origin Error",
};

/** With these the proxy says that it has not even connected. */
const neverSent = [521, 523, 525, 526];

/**
 * Makes the failure for a reply that is not JSON. Of the body only a page's title is quoted: even cut short it may hold a
 * secret.
 */
export function foreignReply(reply: RawReply): CallFailure {
  const { status = 200 } = reply;
  if (status >= 300 && status < 400) return redirect(reply);
  if (gateways[status] !== undefined) return fromGateway(reply, status);
  return isHtml(reply) ? page(reply) : unreadable(reply);
}

/** Names the status and introduces what came with it. */
export function answered({ status }: RawReply): string {
  return status === undefined ? "it answered" : `it answered HTTP ${status} with`;
}

function redirect(reply: RawReply): CallFailure {
  const { status, location = "" } = reply;
  const target = withoutSecrets(location);
  const isLogin = /log.?in|goto_uri|sign.?in|portal|auth/i.test(target);
  return {
    code: "unexpected-reply",
    said: `it answered HTTP ${status}, a redirect to ${isLogin ? "a log-in page" : "another place"}`,
    wrote: target,
    wayOut:
      "It is not followed, so that the token is sent nowhere else. Set api.host and api.port to the place where WHM itself answers, usually the server's own name and 2087.",
  };
}

/** Query, user and session of an address may be secrets. */
function withoutSecrets(location: string): string {
  return (location.split(/[?#]/, 1)[0] ?? "").replace(/\/\/[^/]*@/, "//").replace(/cpsess\d+/g, "cpsess…");
}

function fromGateway(reply: RawReply, status: number): CallFailure {
  return {
    code: "unreachable",
    said: `WHM did not answer, and something in front of it did: HTTP ${status}, ${STATUS_CODES[status] ?? gateways[status]}`,
    wrote: titleOf(reply),
    wayOut:
      "Check that cpsrvd runs on the server (/scripts/restartsrv_cpsrvd), and what the proxy in front of it says.",
    mayHaveHappened: !neverSent.includes(status),
  };
}

function page(reply: RawReply): CallFailure {
  const { code, said, wayOut } = pages.find(({ fits }) => fits.test(reply.body)) ?? otherPage;
  return { code, said: `${answered(reply)} ${said}`, wrote: titleOf(reply), wayOut };
}

function unreadable(reply: RawReply): CallFailure {
  const { status = 200, body } = reply;
  const size = Buffer.byteLength(body);
  return {
    code: "unexpected-reply",
    said: `${answered(reply)} ${contents(body.trim(), size)}`,
    wayOut: "The reply was cut short, or another service answered: check the port and the server's log.",
    mayHaveHappened: status < 400 || status >= 500,
  };
}

function contents(body: string, size: number): string {
  if (body === "") return "an empty body";
  return /^[{[]/.test(body) ? `JSON that breaks off after ${size} bytes` : `${size} bytes that are not JSON`;
}

/** Whether a reply is a page. */
export function isHtml({ body }: RawReply): boolean {
  return /^[\s\uFEFF]*(?:<\?xml[^>]*>\s*)?<(?:!doctype|!--|html|head|body|title|h1|center)/i.test(body);
}

/** Returns the title of a page, or its first heading. */
function titleOf({ body }: RawReply): string {
  const [, title] = /<title[^>]*>([^<]{1,1000})/i.exec(body) ?? /<h1[^>]*>([^<]{1,1000})/i.exec(body) ?? [];
  return title === undefined ? "" : firstLine(title);
}

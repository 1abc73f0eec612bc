import type { Caller } from "../authenticate";
import type { Parameters } from "../parameters";
import { covers, privilegeMap, privilegesOf } from "../privileges";
import { Refusal } from "../refusal";
import type { SimulatedServer } from "../simulated-server";
import type { StoredToken } from "../tokens";
import { normaliseWhitelist } from "../whitelist";
import type { ApiCall } from "./function";

/** Fields that a caller sends for a token. Undefined fields were not sent. */
export interface TokenFields {
  readonly acls: readonly string[] | undefined;
  readonly expiresAt: number | undefined;
  readonly whitelist: { readonly addresses: readonly string[] | undefined } | undefined;
}

/** Parses and checks the fields that create and update have in common. */
export function readTokenFields({ server, caller, parameters }: ApiCall): TokenFields {
  return {
    acls: readAcls(server, caller, parameters),
    expiresAt: readExpiry(server, parameters),
    whitelist: readWhitelist(parameters),
  };
}

/** Checks a name for a token. */
export function checkTokenName(name: string): string {
  if (/^[A-Za-z0-9_-]{1,50}$/.test(name)) return name;
  throw new Refusal("Invalid token name: use 1 to 50 letters, digits, underscores and dashes.");
}

/** Makes a token from fields, and leaves out those that mean "no limit". */
export function makeToken(parts: {
  name: string;
  created: number;
  expiresAt: number | undefined;
  acls: readonly string[] | undefined;
  addresses: readonly string[] | undefined;
}): StoredToken {
  return {
    name: parts.name,
    create_time: parts.created,
    ...(parts.expiresAt ? { expires_at: parts.expiresAt } : {}),
    ...(parts.acls ? { acls: parts.acls } : {}),
    ...(parts.addresses ? { whitelist_ips: parts.addresses } : {}),
  };
}

/** Formats a token as create, update and get_details show it: privileges as a list. */
export function tokenReply(server: SimulatedServer, token: StoredToken): Record<string, unknown> {
  return { ...commonReply(token), acls: token.acls ?? privilegesOf(server.identity.type) };
}

/** Formats a token as list shows it: privileges as a map to 0 and 1. */
export function tokenListReply(server: SimulatedServer, token: StoredToken): Record<string, unknown> {
  return { ...commonReply(token), acls: privilegeMap(server.identity.type, token.acls) };
}

function commonReply(token: StoredToken): Record<string, unknown> {
  return {
    name: token.name,
    create_time: token.create_time,
    expires_at: token.expires_at ?? null,
    whitelist_ips: token.whitelist_ips ?? null,
  };
}

function readAcls(server: SimulatedServer, caller: Caller, parameters: Parameters): string[] | undefined {
  const acls = parameters.optionalList("acl");
  const known = privilegesOf(server.identity.type);
  const bad = (acls ?? []).filter((acl) => !known.includes(acl) || !covers(caller.acls, acl));
  if (bad.length > 0) throw new Refusal(`Invalid or unauthorized ACL: ${bad.join(", ")}`);
  return acls && [...new Set(acls)].sort();
}

function readExpiry(server: SimulatedServer, parameters: Parameters): number | undefined {
  const text = parameters.get("expires_at");
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text))
    throw new Refusal("Invalid expires_at: give seconds since the epoch, or 0 for never.");
  const seconds = Number(text);
  if (seconds > 0 && seconds <= server.seconds())
    throw new Refusal("Invalid expires_at: the time lies in the past.");
  return seconds;
}

function readWhitelist(parameters: Parameters): TokenFields["whitelist"] {
  const entries = parameters.optionalList("whitelist_ip");
  if (entries === undefined) return undefined;
  try {
    return { addresses: normaliseWhitelist(entries) };
  } catch (error) {
    throw new Refusal(`Invalid whitelist_ip: ${error instanceof Error ? error.message : String(error)}`);
  }
}

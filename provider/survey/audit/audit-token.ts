import { hasOtherModule, type ApiTokenDetails } from "../../servers";
import type { DeclaredEntry, DeclaredToken } from "./declaration";
import { putRight, type Difference } from "./difference";
import { findEntry, useOf, type Look } from "./look";
import { addressesIn, isSame, privilegesOf } from "./token-settings";
import { strictDifferences } from "./token-as-declared";
import { workingDifferences } from "./token-at-work";

/** An entry that holds a token, and the declared token that it should be, if one is declared. */
export interface Presented {
  readonly entry: DeclaredEntry;
  readonly declared: DeclaredToken | undefined;
}

/**
 * Finds out for each entry which declared token it should hold: the one that it holds, else one that is like it, else
 * the first that is for it.
 */
export function presentedTokens(look: Look): Presented[] {
  return look.declaration.entries.map((entry) => {
    const actual = storedToken(entry, look);
    const candidates = look.declaration.tokens.filter((token) => isFor(token, entry, actual));
    const same = candidates.find(({ name }) => name !== undefined && name === actual?.name);
    const alike = candidates.find((token) => actual !== undefined && isLike(token, actual));
    return { entry, declared: same ?? alike ?? candidates[0] };
  });
}

/** Compares the token that an entry holds with what the server says that it opens. */
export function auditPresented({ entry, declared }: Presented, look: Look): Difference[] {
  const { holder: server, about: peer } = entry;
  const found = findEntry(entry, look);
  if (found?.text === undefined || hasOtherModule(found) || !look.survey.servers.has(peer)) return [];
  if (isAccessKey(found.fields.pass)) return [];
  const token = storedToken(entry, look);
  if (token === undefined) return [unknown(entry, Boolean(found.fields.pass))];
  const { name = token.name, settings } = declared ?? {};
  if (name !== token.name) return [other(server, peer, name, token.name)];
  const strict = settings ? strictDifferences(settings, token, entry) : [];
  const working = workingDifferences(token, { ...entry, key: found.key }, settings, look);
  return toldOnce(strict, working);
}

/** Leaves out what is told already: what fails because it is declared otherwise, and the expiry of an expired token. */
function toldOnce(strict: readonly Difference[], working: readonly Difference[]): Difference[] {
  const told = new Set(strict.map(({ kind }) => kind));
  const isExpired = working.some(({ kind }) => kind === "expired-token");
  return [
    ...strict.filter(({ kind }) => !(isExpired && kind === "token-expiry")),
    ...working.filter(({ kind }) => !told.has(cause[kind] ?? kind)),
  ];
}

/** Whether an entry stands that can hold a token. One on a server that could not be read is taken to. */
export function isStanding({ entry }: Presented, look: Look): boolean {
  return !look.survey.servers.has(entry.holder) || findEntry(entry, look)?.text !== undefined;
}

/** Looks for a declared token that no declared entry holds. */
export function auditUnused(token: DeclaredToken, { survey }: Look): Difference[] {
  const { server, users, name, settings } = token;
  const tokens = survey.servers.get(server)?.tokens ?? [];
  const found = tokens.find((each) => (name === undefined ? isLike(token, each) : each.name === name));
  const [user] = users;
  if (found && settings) return strictDifferences(settings, found, { holder: user, about: server });
  if (found || settings === undefined) return [];
  const message = `${server} has no token ${name ?? `with the declared settings${user === undefined ? "" : ` for ${user}`}`}.`;
  const fix = putRight(`make it under Manage API Tokens in WHM on ${server}`);
  const declared = name ?? privilegesOf(settings.acls).join(", ");
  const parts = { server, ...(user !== undefined && { peer: user }), declared, actual: null };
  return [{ ...parts, kind: "missing-token", message, fix }];
}

/** A difference in settings that makes a token fail. */
const cause: Readonly<Record<string, Difference["kind"]>> = {
  "token-without-clustering": "token-acls",
  "token-refused": "token-addresses",
};

/** Returns what a server knows of the token that an entry for it holds. */
function storedToken(entry: DeclaredEntry, look: Look): ApiTokenDetails | undefined {
  const found = findEntry(entry, look);
  const token = found && useOf(entry, found.key, look)?.token;
  // WHM's list says more than its file: it spells out every privilege.
  return token && (look.survey.servers.get(entry.about)?.tokens.find(isSameToken(token)) ?? token);
}

function isSameToken(token: ApiTokenDetails): (other: ApiTokenDetails) => boolean {
  return ({ name, createTime }) => name === token.name && createTime === token.createTime;
}

/** Whether a declared token may be the one that an entry holds. Without users it is for any, but only under its name. */
function isFor(
  { server, users, name }: DeclaredToken,
  { holder, about }: DeclaredEntry,
  actual: ApiTokenDetails | undefined,
): boolean {
  if (server !== about) return false;
  return users.length > 0 ? users.includes(holder) : name === undefined || name === actual?.name;
}

function isLike({ settings }: DeclaredToken, { acls, whitelistIps }: ApiTokenDetails): boolean {
  return (
    settings !== undefined &&
    isSame(privilegesOf(settings.acls), privilegesOf(acls)) &&
    isSame(addressesIn(settings.whitelistIps), addressesIn(whitelistIps))
  );
}

/** Whether an entry holds an access key in place of a token. WHM still accepts one, but lists none. */
function isAccessKey(secret: string | undefined): boolean {
  return secret !== undefined && /^[0-9a-f]{200,}$/.test(secret);
}

function unknown({ holder: server, about: peer }: DeclaredEntry, isStored: boolean): Difference {
  const message = isStored
    ? `${peer} does not know the token that ${server} stores for it, so it refuses every call.`
    : `${server} stores no token for ${peer}, so every call is refused.`;
  const fix = putRight(
    `make a token with the privilege clustering on ${peer} and store it in the member under DNS Cluster on ${server}`,
  );
  const actual = isStored ? "an unknown token" : null;
  return { server, peer, kind: "unknown-token", declared: `a token of ${peer}`, actual, message, fix };
}

function other(server: string, peer: string, declared: string, actual: string): Difference {
  const message = `${server} presents the token ${actual} to ${peer}; declared is ${declared}.`;
  return { server, peer, kind: "other-token", declared, actual, message, fix: "Run `pulumi up --refresh`." };
}

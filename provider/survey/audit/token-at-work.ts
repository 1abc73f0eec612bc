import { isAcceptedFrom, type ApiTokenDetails } from "../../servers";
import type { DeclaredEntry, TokenSettings } from "./declaration";
import { putRight, type Difference } from "./difference";
import type { Look } from "./look";
import { addressesText, privilegesOf, expiryText } from "./token-settings";

/**
 * Finds out why a known token does not work for the entry that holds it. A token that may do more than it needs works.
 *
 * @param entry with the address under which it is stored
 * @param settings what is declared of the token; undefined if nothing is
 */
export function workingDifferences(
  token: ApiTokenDetails,
  entry: DeclaredEntry,
  settings: TokenSettings | undefined,
  look: Look,
): Difference[] {
  return [
    ...expired(token, entry, settings, look.now),
    ...withoutClustering(token, entry),
    ...refused(token, entry, look),
  ];
}

function expired(
  { expiresAt }: ApiTokenDetails,
  { holder: peer, about: server }: DeclaredEntry,
  settings: TokenSettings | undefined,
  now: number,
): Difference[] {
  if (expiresAt === undefined || expiresAt > now) return [];
  const actual = `expired on ${expiryText(expiresAt)}`;
  const message = `The token of ${server} that ${peer} stores ${actual}, so ${server} refuses every call.`;
  const byHand = `make a new token on ${server} and store it in the member under DNS Cluster on ${peer}`;
  // A run of the engine refuses to make a token that would be expired at once.
  const isDeclaredSo = settings?.expiresAt !== undefined && settings.expiresAt <= now;
  const fix = isDeclaredSo ? `Declare a later \`expiresAt\`. ${putRight(byHand)}` : putRight(byHand);
  return [{ server, peer, kind: "expired-token", declared: "a valid token", actual, message, fix }];
}

function withoutClustering(
  token: ApiTokenDetails,
  { holder: peer, about: server }: DeclaredEntry,
): Difference[] {
  const privileges = privilegesOf(token.acls);
  if (privileges.includes("all") || privileges.includes("clustering")) return [];
  const actual = privileges.join(", ");
  const message = `The token of ${server} that ${peer} stores lacks the privilege clustering: it has ${actual}.`;
  const fix = putRight(`add clustering to ${token.name} under Manage API Tokens in WHM on ${server}`);
  const kind = "token-without-clustering";
  return [{ server, peer, kind, declared: "clustering", actual, message, fix }];
}

function refused(token: ApiTokenDetails, entry: DeclaredEntry, look: Look): Difference[] {
  const { holder: peer, about: server, key } = entry;
  const sources = sourcesOf(peer, server, key, look);
  const isAccepted = sources.some((address) => isAcceptedFrom(token.whitelistIps, address));
  if (isAccepted || sources.length === 0) return [];
  const [declared, actual] = [sources.join(" or "), addressesText(token.whitelistIps)];
  const message = `${server} does not accept its token from ${peer} (${declared}), only from ${actual}.`;
  const fix = putRight(`add the address to ${token.name} under Manage API Tokens in WHM on ${server}`);
  return [{ server, peer, kind: "token-refused", declared, actual, message, fix }];
}

/**
 * Returns the addresses from which a server's calls may come. Behind the same NAT as the server that it calls by an inner
 * address it shows its own inner address; else it depends on the routers which of the two it shows.
 */
function sourcesOf(from: string, to: string, key: string, { declaration }: Look): string[] {
  const [caller, called] = [declaration.servers.get(from), declaration.servers.get(to)];
  const isInside = caller?.publicAddress !== undefined && called?.publicAddress !== undefined;
  const possible = [caller?.address, key === called?.address && isInside ? undefined : caller?.publicAddress];
  return [...new Set(possible.filter((address) => address !== undefined))];
}

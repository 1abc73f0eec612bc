import type { Survey } from "../server-survey";
import { auditEntry } from "./audit-entry";
import { auditServer } from "./audit-server";
import { auditPresented, auditUnused, isStanding, presentedTokens, type Presented } from "./audit-token";
import { auditTrustedAddress } from "./audit-trusted-address";
import type { Declaration, DeclaredEntry, DeclaredToken } from "./declaration";
import type { Difference } from "./difference";
import type { Look } from "./look";

/** Something that is declared, and how what stands differs from it. */
export interface AuditedElement {
  readonly type: "server" | "link" | "trust" | "trusted address" | "token";
  /** Text that names it, such as `web1 -> ns1`. */
  readonly name: string;
  /** Servers that had to be read for it. */
  readonly servers: readonly string[];
  readonly differences: readonly Difference[];
}

/** What is declared, compared with what stands. */
export interface Audit {
  readonly elements: readonly AuditedElement[];
  /** Why servers could not be read, by name. No difference is due to them. */
  readonly unreadable: ReadonlyMap<string, string>;
}

/**
 * Compares what is declared with what stands on the servers.
 *
 * @param now seconds since 1970, for the expiry of tokens
 */
export function auditSurvey(declaration: Declaration, survey: Survey, now: number): Audit {
  const look = { declaration, survey, now };
  const presented = presentedTokens(look);
  const unreadable = [...survey.unreadable].filter(([name]) => declaration.servers.has(name));
  return {
    elements: [
      ...serverElements(look),
      ...declaration.entries.map((entry) => entryElement(entry, presented, look)),
      ...addressElements(look),
      ...declaration.tokens.map((token) => tokenElement(token, presented, look)),
    ],
    unreadable: new Map(unreadable.map(([name, { message }]) => [name, message])),
  };
}

function serverElements(look: Look): AuditedElement[] {
  return [...look.declaration.servers.keys()].map((name) => {
    const found = look.survey.servers.get(name);
    const differences = found ? auditServer(found, look) : [];
    return { type: "server", name, servers: [name], differences };
  });
}

function entryElement(entry: DeclaredEntry, presented: readonly Presented[], look: Look): AuditedElement {
  const { type, holder, about } = entry;
  const name = type === "link" ? `${holder} -> ${about}` : `${holder} trusts ${about}`;
  // Where no token is declared for it, what is wrong with the one that it holds is told with the entry.
  const loose = presented.filter((each) => each.entry === entry && each.declared === undefined);
  const isRead = look.survey.servers.has(holder);
  const differences = [...auditEntry(entry, look), ...loose.flatMap((each) => auditPresented(each, look))];
  return { type, name, servers: [holder], differences: isRead ? differences : [] };
}

function addressElements(look: Look): AuditedElement[] {
  return look.declaration.trustedAddresses.map(({ server, address }) => {
    const found = look.survey.servers.get(server);
    const differences = found ? auditTrustedAddress(found, address, look) : [];
    return { type: "trusted address", name: `${address} on ${server}`, servers: [server], differences };
  });
}

function tokenElement(token: DeclaredToken, presented: readonly Presented[], look: Look): AuditedElement {
  const { server, users, name } = token;
  const uses = presented.filter(({ declared }) => declared === token);
  const standing = uses.filter((use) => isStanding(use, look));
  const servers = [...new Set([server, ...uses.map(({ entry }) => entry.holder)])];
  const differences =
    standing.length > 0 ? standing.flatMap((use) => auditPresented(use, look)) : auditUnused(token, look);
  const isRead = look.survey.servers.has(server);
  const text = [name ?? "a token", `of ${server}`, ...(users.length > 0 ? [`for ${users.join(", ")}`] : [])];
  return { type: "token", name: text.join(" "), servers, differences: isRead ? differences : [] };
}

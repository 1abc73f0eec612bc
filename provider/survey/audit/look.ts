import { isIpv4 } from "../../topology";
import type { FoundMember } from "../../servers";
import type { ServerSurvey, Survey, TokenUse } from "../server-survey";
import type { Declaration, DeclaredEntry } from "./declaration";

/** What an audit compares. */
export interface Look {
  readonly declaration: Declaration;
  readonly survey: Survey;
  /** Seconds since 1970, for the expiry of tokens. */
  readonly now: number;
}

/**
 * Finds a declared entry on its server: under its address, else under the other address of the same server, unless
 * another entry is declared there.
 */
export function findEntry(entry: DeclaredEntry, { declaration, survey }: Look): FoundMember | undefined {
  const members = survey.servers.get(entry.holder)?.members ?? [];
  const { address, publicAddress } = declaration.servers.get(entry.about) ?? {};
  const others = [address, publicAddress].filter((key) => !isDeclared(declaration, entry.holder, key));
  const keys = [entry.key, ...others];
  return keys.map((key) => members.find((member) => member.key === key)).find((member) => member);
}

/** Lists the entries of a server that no declared entry is about. */
export function undeclaredEntries(server: ServerSurvey, look: Look): FoundMember[] {
  const entries = look.declaration.entries.filter(({ holder }) => holder === server.name);
  const found = new Set(entries.map((entry) => findEntry(entry, look)?.key));
  return server.members.filter(({ key }) => !found.has(key));
}

/** Whether WHM's own module handles an entry. Others, such as `imh`, are stored under names of their own. */
export function isOfCpanel({ key, fields }: FoundMember): boolean {
  return isIpv4(key) && (fields.module === undefined || fields.module === "cPanel");
}

/** Returns the server at an address: its name, else the address itself. */
export function nameAt(address: string, { servers, known }: Declaration): string {
  const everybody = [...servers, ...Object.entries(known)];
  const found = everybody.find(([, server]) => [server.address, server.publicAddress].includes(address));
  return found?.[0] ?? address;
}

/** Finds the token that a server's entry holds. */
export function useOf({ holder }: DeclaredEntry, key: string, { survey }: Look): TokenUse | undefined {
  return survey.uses.find((use) => use.holder === holder && use.key === key);
}

function isDeclared({ entries }: Declaration, holder: string, key: string | undefined): boolean {
  return entries.some((entry) => entry.holder === holder && entry.key === key);
}

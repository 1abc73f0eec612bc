import type { Member } from "../../servers";

const longestQuote = 40;

/** Why WHM does not see an entry, as a refresh shows it in place of its role; undefined for one that it sees. */
export function missingRole({ text, roleText, role }: Member): string | undefined {
  if (text === undefined) return "missing: there is no member file";
  if (role !== undefined) return undefined;
  if (roleText === undefined) return "missing: there is no role file";
  const quote = roleText.length > longestQuote ? `${roleText.slice(0, longestQuote)}…` : roleText;
  return `missing: the role file holds ${JSON.stringify(quote)}`;
}

/** Whether a role is one of these. */
export function isMissing(role: string | undefined): boolean {
  return role !== undefined && role.startsWith("missing");
}

import type { Member } from "./member";

const longestQuote = 40;

/** Returns why WHM doesn't see an entry, as a refresh shows it in place of the role; undefined if WHM sees it. */
export function missingRole({ text, roleText, role }: Member): string | undefined {
  if (text === undefined) return "missing: there is no member file";
  if (role !== undefined) return undefined;
  if (roleText === undefined) return "missing: there is no role file";
  const quote = roleText.length > longestQuote ? `${roleText.slice(0, longestQuote)}…` : roleText;
  return `missing: the role file holds ${JSON.stringify(quote)}`;
}

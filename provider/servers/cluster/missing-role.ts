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

/** Returns why WHM doesn't take an entry for one of a cPanel server, in the same words; undefined if it does. */
export function missingEntry(found: Member): string | undefined {
  const { module } = found.fields;
  const reason = missingRole(found);
  if (reason !== undefined || !hasOtherModule(found)) return reason;
  return module === undefined
    ? "missing: the member file names no module"
    : `missing: the member file is of the module ${JSON.stringify(module.slice(0, longestQuote))}`;
}

/** Whether WHM does not take an entry for one of a cPanel server. A file of the old form names no module. */
export function hasOtherModule({ text, fields }: Pick<Member, "text" | "fields">): boolean {
  return text !== undefined && fields.module !== "cPanel";
}

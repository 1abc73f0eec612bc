/** Whether a list of OpenSSH's patterns has a name. A negated pattern that matches excludes it, whatever else matches. */
export function isListed(patterns: readonly string[], name: string): boolean {
  const excludes = patterns.filter((pattern) => pattern.startsWith("!")).map((pattern) => pattern.slice(1));
  if (excludes.some((pattern) => matches(pattern, name))) return false;
  return patterns.some((pattern) => !pattern.startsWith("!") && matches(pattern, name));
}

/** Matches a pattern: `*` is any characters, `?` is one, everything else is itself. */
export function matches(pattern: string, name: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*+/g, ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(name);
}

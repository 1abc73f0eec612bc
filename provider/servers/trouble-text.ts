/**
 * What an error of Node's says. The one that stands for several, where a host name leads to several addresses, says
 * nothing itself: what happened at each of them does.
 */
export function troubleText(error: Error): string {
  if (error.message !== "") return error.message;
  const each = error instanceof AggregateError ? (error.errors as Error[]).map(({ message }) => message) : [];
  const said = [...new Set(each)].filter((text) => text !== "").join("; ");
  return said || ((error as NodeJS.ErrnoException).code ?? error.name);
}

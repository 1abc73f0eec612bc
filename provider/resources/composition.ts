// A DnsCluster has judged its whole topology before it makes its members. They must not be judged a second time as
// links of their own. Construction is synchronous, so that a counter tells; nobody outside this package can set it.

let depth = 0;

/** Makes resources of a cluster that has been judged as a whole. */
export function asPartOfCluster<Result>(make: () => Result): Result {
  depth += 1;
  try {
    return make();
  } finally {
    depth -= 1;
  }
}

/** Whether the resource that is being made belongs to a cluster that has been judged as a whole. */
export function isPartOfCluster(): boolean {
  return depth > 0;
}

/**
 * Makes resources without noting their place in the program. The SDK stores the whole call stack with every resource,
 * about 700 bytes, and computes it from the text of an error, which takes a third of a program's time with ts-node. The
 * parts of a cluster don't need it: the cluster itself has its place.
 */
export function withoutPositions<Result>(make: () => Result): Result {
  const before = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");
  Error.prepareStackTrace = (error) => String(error);
  try {
    return make();
  } finally {
    Reflect.deleteProperty(Error, "prepareStackTrace");
    if (before) Object.defineProperty(Error, "prepareStackTrace", before);
  }
}

/**
 * Makes resources whose place in the program is not noted. The SDK stores the whole call stack with every resource, about
 * 700 bytes, and works it out from the text of an error, a third of a program's time with ts-node. For the parts of a
 * cluster that says nothing but where the cluster stands, which the cluster itself says.
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

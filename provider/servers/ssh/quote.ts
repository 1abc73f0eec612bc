const needsNoQuotes = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/;

/** Writes an argument list as a line that every POSIX shell splits into exactly these arguments. */
export function quoteCommand(argv: readonly string[]): string {
  return argv.map((argument, index) => quoteArgument(argument, index === 0)).join(" ");
}

function quoteArgument(argument: string, isCommand: boolean): string {
  if (argument.includes("\0"))
    throw new RangeError("An argument of a command must not contain a NUL character.");
  // A first word with an equals sign would be read as an assignment.
  const isPlain = needsNoQuotes.test(argument) && !(isCommand && argument.includes("="));
  return isPlain ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}

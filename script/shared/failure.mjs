/** Something that a person can put right. Printed as its sentence, without a stack. */
export class Failure extends Error {
  name = "Failure";

  /**
   * @param {string} what what failed
   * @param {string} said what was heard from the thing that failed; may be long or empty
   * @param {string} wayOut what to do now
   */
  constructor(what, said, wayOut) {
    super([what, said.trim(), wayOut].filter(Boolean).join("\n"));
  }
}

/** Prints a Failure as its sentence, and anything unforeseen with its stack. */
export function report(error) {
  console.error(error instanceof Failure ? `\n${error.message}` : error);
}

/** Runs a command's main function, which returns the exit code; an error is reported and becomes exit code 1. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    report(error);
    process.exitCode = 1;
  }
}

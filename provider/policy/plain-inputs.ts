/** An input that has to be judged is not known yet. Happens only in a preview. */
export class UnknownInputError extends Error {
  override readonly name = "UnknownInputError";
}

/**
 * Returns some inputs of a resource as plain data, without those that it doesn't have.
 *
 * The SDK throws when an unknown input is touched, and turns that error into a mere advice, whatever the level of the
 * policy. So everything is touched here, and the policy decides what follows.
 *
 * @throws UnknownInputError
 */
export function plainInputs(inputs: Record<string, unknown>, names: readonly string[]): PlainInputs {
  try {
    const wanted = Object.fromEntries(names.map((name) => [name, inputs[name]]));
    return JSON.parse(JSON.stringify(wanted)) as PlainInputs;
  } catch (error) {
    throw new UnknownInputError(error instanceof Error ? error.message : String(error));
  }
}

export type PlainInputs = Record<string, unknown>;

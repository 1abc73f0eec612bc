/** Thrown when an input that has to be judged is not known yet, which happens at a preview only. */
export class UnknownInputError extends Error {
  override readonly name = "UnknownInputError";
}

/**
 * Some inputs of a resource as plain data; what the resource does not have is left out.
 *
 * The SDK hands inputs over in a way that throws where an unknown one is touched, and turns what it throws into a mere
 * advice, whatever level the policy has. So everything is touched here, and the policy decides what follows.
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

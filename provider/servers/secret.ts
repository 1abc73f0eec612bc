import { inspect } from "node:util";

const stars = "********";

/** A value that must not be shown. However it is printed, it prints as stars; only `reveal` returns it. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** Returns the value itself. Call it where the value is sent, not before. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return stars;
  }

  toJSON(): string {
    return stars;
  }

  [inspect.custom](): string {
    return stars;
  }
}

/** Replaces every secret in a text from outside by stars, even if it is percent-encoded or written as JSON. */
export function redact(text: string, secrets: Iterable<Secret | string>): string {
  const forms = [...secrets].flatMap((secret) =>
    typeof secret === "string" ? writtenForms(secret) : formsOf(secret),
  );
  // Longest first, because a secret may contain another one.
  const longestFirst = forms.filter((form) => form !== "").sort((one, other) => other.length - one.length);
  return longestFirst.reduce((result, form) => result.replaceAll(form, stars), text);
}

/** Computed once for each secret: a key has many lines, and every error is searched. */
const knownForms = new WeakMap<Secret, readonly string[]>();

function formsOf(secret: Secret): readonly string[] {
  const forms = knownForms.get(secret) ?? writtenForms(secret.reveal());
  knownForms.set(secret, forms);
  return forms;
}

/**
 * Lists the forms of a secret. A private key is also recognised by each of its lines, because it is rarely quoted whole.
 */
function writtenForms(secret: string): string[] {
  const lines = secret.split(/\r?\n/).filter((line) => line.length >= 16 && !line.startsWith("-----"));
  const plain = [secret, secret.trim(), ...lines];
  return plain.flatMap((form) => [
    form,
    // Encoded as bytes, because half of a surrogate pair can't be percent-encoded.
    encodeURIComponent(Buffer.from(form).toString()),
    JSON.stringify(form).slice(1, -1),
  ]);
}

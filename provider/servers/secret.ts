import { inspect } from "node:util";

const stars = "********";

/** A value that must not be shown. It prints as stars however it is printed; only `reveal` gives it away. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. Call it where the value is sent, not before. */
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

/** Puts stars in place of every secret in a text that came from outside, also where it is written percent-encoded or as JSON. */
export function redact(text: string, secrets: Iterable<Secret | string>): string {
  const forms = [...secrets].flatMap((secret) =>
    typeof secret === "string" ? writtenForms(secret) : formsOf(secret),
  );
  // The longest first: a secret may contain another one.
  const longestFirst = forms.filter((form) => form !== "").sort((one, other) => other.length - one.length);
  return longestFirst.reduce((result, form) => result.replaceAll(form, stars), text);
}

/** Worked out once for each secret: a key has many lines, and every error is looked through. */
const knownForms = new WeakMap<Secret, readonly string[]>();

function formsOf(secret: Secret): readonly string[] {
  const forms = knownForms.get(secret) ?? writtenForms(secret.reveal());
  knownForms.set(secret, forms);
  return forms;
}

/** A private key is also recognised by each of its lines: a program that quotes it rarely quotes all of it. */
function writtenForms(secret: string): string[] {
  const lines = secret.split(/\r?\n/).filter((line) => line.length >= 16 && !line.startsWith("-----"));
  const plain = [secret, secret.trim(), ...lines];
  return plain.flatMap((form) => [
    form,
    // Through bytes: half of a surrogate pair cannot be percent-encoded.
    encodeURIComponent(Buffer.from(form).toString()),
    JSON.stringify(form).slice(1, -1),
  ]);
}

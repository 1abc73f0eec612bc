import { nearestWord } from "./suggestion";

// A message that repeats a wrong value saves a search for it. A wrong value may be a secret, though: a password that
// stands in the wrong place, or a token with a letter too many. So a value is shown only where no secret belongs, and
// only if it doesn't look like one.

/** Longest piece of a value that a message repeats. */
const mostCharacters = 60;

/** How names of fields begin or end that hold credentials, or lead to one. */
const secretName = /pass|pwd|secret|token$|key|cred|auth|fingerprint|^ca$|^pw$|env$|^rotate$|^fleet$/i;

/** A long run of letters and digits, as tokens and keys are. No word of these files is as long. */
const longRun = /[A-Za-z0-9+/=_]{16,}/g;

/** Returns a value as a message may repeat it; undefined when it may be a secret, or is too long to be of help. */
export function shownValue(path: readonly PropertyKey[], value: unknown): string | undefined {
  if (isSecretPlace(path)) return undefined;
  if (typeof value === "number" || typeof value === "boolean" || value === null) return String(value);
  if (typeof value !== "string" || value.includes("\n") || isSecretLike(value)) return undefined;
  const text = value.length > mostCharacters ? `${value.slice(0, mostCharacters)}...` : value;
  return JSON.stringify(text);
}

/** Whether the value at a path may be a secret, by the names of its field and of what that is in. Misspelt names count too. */
export function isSecretPlace(path: readonly PropertyKey[]): boolean {
  const names = path.filter((step) => typeof step === "string");
  const name = names.at(-1);
  if (name === undefined) return false;
  if (secretName.test(name) || nearestWord(name, credentials) !== undefined) return true;
  const isAccess = names.slice(0, -1).some((each) => nearestWord(each, ["connection", "api"]) !== undefined);
  return isAccess && !plainAccess.includes(name);
}

const credentials = ["password", "privateKey", "passphrase", "token", "secret"];
const plainAccess = ["host", "port", "user", "dialErrorLimit", "perDialTimeout", "insecureSkipHostKeyCheck"];

/** Whether a text looks like a token, a key or a part of one. */
export function isSecretLike(text: string): boolean {
  return (text.match(longRun) ?? []).some(
    (run) => run.length >= 24 || (/\d/.test(run) && /[A-Za-z]/.test(run)),
  );
}

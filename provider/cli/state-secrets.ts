/** Key and value by which the engine marks a secret. */
const mark = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" } as const;
const [key] = Object.keys(mark) as [keyof typeof mark];

/** Writes a secret as a state in clear holds it. */
export function secretValue(value: unknown): object {
  return { ...mark, plaintext: JSON.stringify(value) };
}

/** Rewrites secrets as a program sends them into those of a state. */
export function withStateSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withStateSecrets);
  if (typeof value !== "object" || value === null) return value;
  if (key in value) return secretValue((value as { value?: unknown }).value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([name, item]) => [name, withStateSecrets(item)]));
}

/** Replaces the secrets of a state in clear by their values. */
export function withoutStateSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutStateSecrets);
  if (typeof value !== "object" || value === null) return value;
  const { plaintext } = value as { plaintext?: unknown };
  if (key in value && typeof plaintext === "string") return JSON.parse(plaintext) as unknown;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withoutStateSecrets(item)]));
}

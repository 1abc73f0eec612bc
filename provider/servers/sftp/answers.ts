import type { Stats } from "ssh2";

// ssh2 passes on any kind of answer to a request, even a bare "success". Each is checked before use: an answer without
// a value must never be taken for an empty or missing file.

export function isHandle(value: unknown): value is Buffer {
  return Buffer.isBuffer(value);
}

export function isCount(value: unknown): value is number {
  return typeof value === "number";
}

export function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** Whether an answer has size and type. OpenSSH always sends them; without them nothing is known of a file. */
export function isStats(value: unknown): value is Stats {
  const { size, mode } = (value ?? {}) as Partial<Stats>;
  return typeof size === "number" && typeof mode === "number";
}

/** A name in a directory. OpenSSH always sends its type, too. */
export interface Entry {
  readonly filename: string;
  readonly attrs?: { readonly mode?: number } | undefined;
}

export function isEntries(value: unknown): value is Entry[] {
  return (
    Array.isArray(value) && value.every((entry: { filename?: unknown }) => typeof entry.filename === "string")
  );
}

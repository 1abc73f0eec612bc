import type { Stats } from "ssh2";

// ssh2 hands on whatever kind of answer comes for a request, a bare "success" too. Each is looked at before it is used:
// an answer without a value must never be taken for an empty file or for one that is not there.

export function isHandle(value: unknown): value is Buffer {
  return Buffer.isBuffer(value);
}

export function isCount(value: unknown): value is number {
  return typeof value === "number";
}

export function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** Size and type are always sent by OpenSSH; without them nothing can be said of a file. */
export function isStats(value: unknown): value is Stats {
  const { size, mode } = (value ?? {}) as Partial<Stats>;
  return typeof size === "number" && typeof mode === "number";
}

export function isEntries(value: unknown): value is { filename: string }[] {
  return (
    Array.isArray(value) && value.every((entry: { filename?: unknown }) => typeof entry.filename === "string")
  );
}

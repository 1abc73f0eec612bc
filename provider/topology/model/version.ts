/** A version of cPanel & WHM: always 11 and a minor number, except on servers too old to matter. */
export interface Version {
  readonly major: number;
  /** Absent if only the first number is known. */
  readonly minor?: number;
}

/** Numbers separated by dots, optionally followed by a word such as `(build 5)`. */
const pattern = /^(\d{1,9})(?:\.(\d{1,9}))?(?:[.\s(-].*)?$/;

/** Parses `11.136.0.5`, the short form `136.0.5`, or a bare `11`; returns `undefined` for anything else. */
export function parseVersion(text: string): Version | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const [first, second] = [Number(match[1]), match[2]];
  if (first >= 12) return { major: 11, minor: first };
  return second === undefined ? { major: first } : { major: first, minor: Number(second) };
}

/** Whether a version can be part of a cluster. */
export function isSupported(text: string): boolean {
  return parseVersion(text)?.major === 11;
}

/** Whether a version is known to be older than 11.`minor`. */
export function isBelow(text: string, minor: number): boolean {
  const version = parseVersion(text);
  if (!version) return false;
  return version.major < 11 || (version.minor ?? minor) < minor;
}

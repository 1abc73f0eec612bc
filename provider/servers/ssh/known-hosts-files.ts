import { readFile } from "node:fs/promises";
import { expandHome } from "../expand-home";
import { type HostKey, parseHostKeys } from "./host-key";
import { type KnownKeys, knownKeys } from "./known-hosts";

/** Files of known hosts that OpenSSH's client reads. */
export const usualFiles: readonly string[] = [
  "~/.ssh/known_hosts",
  "~/.ssh/known_hosts2",
  "/etc/ssh/ssh_known_hosts",
  "/etc/ssh/ssh_known_hosts2",
];

/** A key, and the file or setting that names it. */
export interface PlacedKey extends HostKey {
  readonly place: string;
}

/** What is known of a host's keys. */
export type ExpectedKeys = { readonly [Kind in keyof KnownKeys]: readonly PlacedKey[] };

/** A host by the name under which it is looked up. */
export interface KnownHost {
  readonly host: string;
  readonly port: number;
}

/** A file of known hosts that is there and can't be read. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
}

/**
 * Finds the keys of a host in files of known hosts. As OpenSSH does, looks for the name without a port if the name with
 * its port has no key of its own; such a key proves a host, but a different one does not refute it.
 *
 * @throws UnreadableFile
 */
export async function findKnownKeys(
  files: readonly string[],
  { host, port }: KnownHost,
): Promise<{ expected: ExpectedKeys; isAboutPort: boolean }> {
  const read = await Promise.all(files.map(readIfThere));
  const expected = keysInAll(read, host, port);
  const isAboutPort = expected.trusted.length + expected.authorities.length > 0;
  if (isAboutPort || port === 22) return { expected, isAboutPort: true };
  const { trusted, revoked, authorities } = keysInAll(read, host, 22);
  return {
    expected: { trusted, revoked: [...expected.revoked, ...revoked], authorities },
    isAboutPort: false,
  };
}

/**
 * Reads a file of keys that no host may show, one a line.
 *
 * @throws UnreadableFile also if it is missing: it may be what keeps a stolen key out
 */
export async function revokedKeys(place: string): Promise<PlacedKey[]> {
  const text = await readFile(place, "utf8").catch((error: Error) => {
    throw new UnreadableFile(`${place} cannot be read: ${error.message}`, { cause: error });
  });
  if (text.startsWith("SSHKRL"))
    throw new UnreadableFile(`${place} is a binary revocation list; only a list of public keys is read here`);
  return parseHostKeys(text).map((key) => ({ ...key, place }));
}

interface ReadFile {
  readonly place: string;
  readonly text: string;
}

function keysInAll(files: readonly ReadFile[], host: string, port: number): ExpectedKeys {
  const found = files.map(({ place, text }) => placed(knownKeys(text, host, port), place));
  return {
    trusted: found.flatMap(({ trusted }) => trusted),
    revoked: found.flatMap(({ revoked }) => revoked),
    authorities: found.flatMap(({ authorities }) => authorities),
  };
}

/** Says of keys where they were found. */
export function placed({ trusted, revoked, authorities }: KnownKeys, place: string): ExpectedKeys {
  const at = (keys: readonly HostKey[]): PlacedKey[] => keys.map((key) => ({ ...key, place }));
  return { trusted: at(trusted), revoked: at(revoked), authorities: at(authorities) };
}

async function readIfThere(place: string): Promise<ReadFile> {
  try {
    return { place, text: await readFile(expandHome(place), "utf8") };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return { place, text: "" };
    throw new UnreadableFile(`${place} cannot be read: ${message}`, { cause: error });
  }
}

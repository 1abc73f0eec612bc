import { ServerError } from "../errors";
import type { Server } from "../server";
import { trustedAddressesFile, trustedAddressesLock } from "./paths";

/** What was found when an address was to be added. */
export interface FoundAddress {
  /** The line stands there already. */
  existedBefore: boolean;
  /** There is no such file, and it is made. */
  createdFile: boolean;
  /** The file is there and holds nothing: it can hold no line of ours. */
  wasEmpty: boolean;
}

/** Whether a text holds an address as a whole line: 10.0.0.1 is not in 10.0.0.10. */
export function holdsAddress(text: string, address: string): boolean {
  return text.split("\n").some((line) => isAddress(line, address));
}

/** A text without an address. Every other byte stays, and it ends with a line feed exactly if it did before. */
export function withoutAddress(text: string, address: string): string {
  return text
    .split("\n")
    .filter((line) => !isAddress(line, address))
    .join("\n");
}

/** The trusted addresses of a server as they stand; undefined when there is no such file. */
export async function readTrustedAddresses(server: Server): Promise<string | undefined> {
  const files = await server.files();
  return files.read(trustedAddressesFile);
}

/**
 * Adds one line. It is appended in a single write rather than by replacing the file, so that a line which another
 * program appends at the same moment is not lost.
 *
 * @param found is told what stands there before anything is written: what fails later has begun already
 */
export async function addTrustedAddress(
  server: Server,
  address: string,
  found: (state: FoundAddress) => void,
): Promise<void> {
  await server.withRemoteLock(trustedAddressesLock, async () => {
    const text = await readTrustedAddresses(server);
    const existedBefore = text !== undefined && holdsAddress(text, address);
    found({ existedBefore, createdFile: text === undefined, wasEmpty: text === "" });
    if (existedBefore) return;
    await appendLine(server, text, address);
    await confirm(server, address, true);
  });
}

/** Removes one line, and the file too when it is empty then and was made by us. True when there is no file any more. */
export async function removeTrustedAddress(
  server: Server,
  address: string,
  madeByUs: boolean,
): Promise<boolean> {
  return server.withRemoteLock(trustedAddressesLock, async () => {
    const files = await server.files();
    const text = await readTrustedAddresses(server);
    if (text === undefined) return true;
    const rest = withoutAddress(text, address);
    const isLast = rest === "" && madeByUs;
    if (isLast) await files.remove(trustedAddressesFile);
    else if (rest !== text) await replace(server, rest);
    await confirm(server, address, false);
    return isLast;
  });
}

async function appendLine(server: Server, text: string | undefined, address: string): Promise<void> {
  const files = await server.files();
  if (text === undefined) await files.createExclusively(trustedAddressesFile, "", 0o644);
  const startsMidLine = text !== undefined && text !== "" && !text.endsWith("\n");
  await files.append(trustedAddressesFile, startsMidLine ? `\n${address}` : `${address}\n`);
}

async function replace(server: Server, text: string): Promise<void> {
  const files = await server.files();
  const found = await files.stat(trustedAddressesFile);
  const mode = (found?.mode ?? 0o644) & 0o7777;
  const owner = found && { uid: found.uid, gid: found.gid };
  await files.writeAtomically(trustedAddressesFile, text, {
    mode,
    temporaryDirectory: "/etc",
    ...(owner && { owner }),
  });
}

async function confirm(server: Server, address: string, present: boolean): Promise<void> {
  const text = (await readTrustedAddresses(server)) ?? "";
  if (holdsAddress(text, address) === present) return;
  throw new ServerError({
    code: "not-confirmed",
    server: server.name,
    phrase: `${present ? "add" : "remove"} the trusted address ${address}`,
    said: `${trustedAddressesFile} reads back differently`,
    wayOut: "Look for a second program that writes the same file, then run pulumi up again.",
  });
}

function isAddress(line: string, address: string): boolean {
  return line.trim() === address;
}

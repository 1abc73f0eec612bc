import { posix } from "node:path";
import { ServerError } from "../errors";
import type { Server } from "../server";
import type { Files } from "../ssh/files";
import { removeLeftovers } from "../ssh/temporary-files";
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
  await server.withRemoteLock(trustedAddressesLock, async (lock) => {
    const list = await openList(server);
    const text = await list.files.read(list.path);
    const isThere = text !== undefined && holdsAddress(text, address);
    const begun = takeOver(server, lock.left, address);
    const createdFile = text === undefined || begun.file;
    found({ existedBefore: isThere && !begun.line, createdFile, wasEmpty: text === "" && !createdFile });
    if (isThere) return;
    await lock.note(address, ...(createdFile ? [newFile] : []));
    await untilConfirmed(list, address, "add", () => appendLine(list, address));
  });
}

/** Removes one line, and the file too when it is empty then and was made by us. True when there is no file any more. */
export async function removeTrustedAddress(
  server: Server,
  address: string,
  madeByUs: boolean,
): Promise<boolean> {
  return server.withRemoteLock(trustedAddressesLock, async (lock) => {
    const list = await openList(server);
    rememberBegun(server, lock.left);
    await untilConfirmed(list, address, "remove", () => takeLineOut(list, address, madeByUs));
    return (await list.files.read(list.path)) === undefined;
  });
}

/** Noted in the lock, beside the address, when the file is made for it. */
const newFile = "in a new file";

/** What runs that ended in the middle had begun on a server: it is not taken for somebody else's. */
const begunBefore = new WeakMap<Server, Set<string>>();

function rememberBegun(server: Server, left: readonly string[]): Set<string> {
  const begun = new Set([...(begunBefore.get(server) ?? []), ...left]);
  begunBefore.set(server, begun);
  return begun;
}

function takeOver(
  server: Server,
  left: readonly string[],
  address: string,
): { line: boolean; file: boolean } {
  const begun = rememberBegun(server, left);
  return { line: begun.delete(address), file: begun.delete(newFile) };
}

interface List {
  server: Server;
  files: Files;
  /** Where the file lies: a link may stand in its place, which is followed and stays. */
  path: string;
}

async function openList(server: Server): Promise<List> {
  const files = await server.files();
  return { server, files, path: await files.realPath(trustedAddressesFile) };
}

async function appendLine({ files, path }: List, address: string): Promise<void> {
  const text = await files.read(path);
  if (text === undefined) await files.createExclusively(path, "", 0o644);
  const startsMidLine = text !== undefined && text !== "" && !text.endsWith("\n");
  await files.append(path, startsMidLine ? `\n${address}` : `${address}\n`);
}

async function takeLineOut({ files, path }: List, address: string, madeByUs: boolean): Promise<void> {
  await files.edit(path, (text) => {
    const rest = withoutAddress(text, address);
    return rest === "" && madeByUs ? undefined : rest;
  });
  await removeLeftovers(files, posix.dirname(path));
}

/** An editor may have read the file before a change and put its own version in place after it. */
const mostTries = 5;

/** Changes the file and looks; what an editor has undone meanwhile is done again. */
async function untilConfirmed(
  { server, files, path }: List,
  address: string,
  verb: "add" | "remove",
  change: () => Promise<void>,
): Promise<void> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    await change();
    const text = (await files.read(path)) ?? "";
    if (holdsAddress(text, address) === (verb === "add")) return;
  }
  throw new ServerError({
    code: "not-confirmed",
    server: server.name,
    phrase: `${verb} the trusted address ${address}`,
    said: `${trustedAddressesFile} reads back differently`,
    wayOut: "Look for a second program that writes the same file, then run pulumi up again.",
  });
}

function isAddress(line: string, address: string): boolean {
  return line.trim() === address;
}

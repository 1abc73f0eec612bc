import { posix } from "node:path";
import { ServerError } from "../errors";
import { holdsAddress, setApart, withAddress, withoutAddress } from "./address-lines";
import { forgetBegun, noteBegun, takeOver } from "./begun-lines";
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

/** The trusted addresses of a server as they stand; undefined when there is no such file. */
export async function readTrustedAddresses(server: Server): Promise<string | undefined> {
  const files = await server.files();
  return files.read(trustedAddressesFile);
}

/** A line, and the stack whose it is: the next run of that stack knows it again, should this one end in the middle. */
export interface TrustedAddress {
  address: string;
  owner?: string | undefined;
}

/**
 * Adds one line. Where its place is at the end it is appended in a single write rather than by replacing the file, so that
 * a line which another program appends at the same moment is not lost; else the file is edited.
 *
 * @param found is told what stands there before the file is written: what fails later has begun already. What fails
 *   earlier has not, and a line that somebody else adds until the next run is not taken for ours then
 */
export async function addTrustedAddress(
  server: Server,
  { address, owner }: TrustedAddress,
  found: (state: FoundAddress) => void,
): Promise<void> {
  await server.withRemoteLock(trustedAddressesLock, async (lock) => {
    const list = await openList(server);
    const text = await list.files.read(list.path);
    const isThere = text !== undefined && holdsAddress(text, address);
    const begun = takeOver(lock, { address, owner }, text);
    const createdFile = text === undefined || begun.file;
    if (!isThere) await noteBegun(lock, { address, owner, ...(createdFile && { newFile: true }) });
    found({ existedBefore: isThere && !begun.line, createdFile, wasEmpty: text === "" && !createdFile });
    if (!isThere) await untilConfirmed(list, address, "add", writer(list, address));
    // What a run has left that wrote this line and ended in the middle goes, too.
    else if (begun.line) await tidyUp(list);
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
    await untilConfirmed(list, address, "remove", () => takeLineOut(list, address, madeByUs));
    const text = await list.files.read(list.path);
    forgetBegun(lock, text);
    return text === undefined;
  });
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

/** Writes a line, and when an appended one has not come to stand by itself, sets it apart the next time. */
function writer(list: List, address: string): () => Promise<void> {
  const { files, path } = list;
  let before: string | undefined;
  return async () => {
    const text = await files.read(path);
    const apart = (now: string): string => (before === undefined ? now : setApart(now, address, before));
    if (text !== undefined && apart(text) !== text) return files.edit(path, apart);
    if (text === undefined) await files.createExclusively(path, "", 0o644);
    before = text ?? "";
    const wanted = withAddress(before, address);
    if (wanted.startsWith(before)) return files.append(path, wanted.slice(before.length));
    await files.edit(path, (now) => (holdsAddress(now, address) ? now : withAddress(now, address)));
    await tidyUp(list);
  };
}

async function takeLineOut(list: List, address: string, madeByUs: boolean): Promise<void> {
  await list.files.edit(list.path, (text) => {
    const rest = withoutAddress(text, address);
    return rest === "" && madeByUs ? undefined : rest;
  });
  await tidyUp(list);
}

/** Removes what edits have left that came to no end. */
function tidyUp({ files, path }: List): Promise<void> {
  return removeLeftovers(files, posix.dirname(path));
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

import { posix } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ServerError } from "../errors";
import type { Server } from "../server";
import type { Files } from "../sftp/files";
import { removeLeftovers } from "../sftp/temporary-files";
import { inTurn } from "../register/turn";
import { endWithAddress, holdsAddress, withoutAddress } from "./address-lines";
import { trustedAddressesFile } from "./paths";

// Several runs and other programs may write this file at the same moment, without a common lock. A line is appended in
// one write, which removes nothing. A removal compares the file before and after exchanging it, and carries over what
// others have written meanwhile; removals of this package take turns. Each checks its result and starts again if
// somebody has undone it.

/** Reads the trusted addresses of a server; undefined if there is no such file. */
export async function readTrustedAddresses(server: Server): Promise<string | undefined> {
  const files = await server.files();
  return files.read(trustedAddressesFile);
}

/** Adds a line at the end, unless it is there already. Makes the file if there is none. */
export async function addTrustedAddress(list: TrustedAddresses, address: string): Promise<void> {
  await untilConfirmed(list, address, "add", () => append(list, address));
}

/** Removes a line, and also the file if that is then empty and was made by this package. */
export async function removeTrustedAddress(
  server: Server,
  address: string,
  madeByUs: boolean,
): Promise<void> {
  const list = await findTrustedAddresses(server);
  await inTurn(server, () =>
    untilConfirmed(list, address, "remove", () => takeLineOut(list, address, madeByUs)),
  );
}

/** The place of a server's list, which may not exist yet. */
export interface TrustedAddresses {
  server: Server;
  files: Files;
  /** Path of the file. If it is a link, the link is followed and stays. */
  path: string;
}

/** Finds the list. A link that leads nowhere is an error before anything is written. */
export async function findTrustedAddresses(server: Server): Promise<TrustedAddresses> {
  const files = await server.files();
  return { server, files, path: await files.realPath(trustedAddressesFile) };
}

async function append({ files, path }: TrustedAddresses, address: string): Promise<void> {
  const text = await files.read(path);
  if (text !== undefined && holdsAddress(text, address)) return;
  if (text === undefined) await files.createExclusively(path, "", 0o644);
  await files.append(path, endWithAddress(text ?? "", address));
}

async function takeLineOut(
  { files, path }: TrustedAddresses,
  address: string,
  madeByUs: boolean,
): Promise<void> {
  await files.edit(path, (text) => {
    const rest = withoutAddress(text, address);
    return rest === "" && madeByUs ? undefined : rest;
  });
  // Left by interrupted edits.
  await removeLeftovers(files, posix.dirname(path));
}

/** Milliseconds in which a program that replaces the file carries over what was appended to the old one. */
const carriedOver = 1_000;

/** An editor may have read the file before a change and replaced it afterwards. */
const mostTries = 5;

/** Changes the file and checks it. Repeats what an editor has undone meanwhile. */
async function untilConfirmed(
  { server, files, path }: TrustedAddresses,
  address: string,
  verb: "add" | "remove",
  change: () => Promise<void>,
): Promise<void> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    // A line on its way would be there twice, so an addition looks once more before it appends.
    if (tries > 0 && verb === "add") await pause(carriedOver);
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

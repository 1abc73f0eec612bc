import { posix } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ServerError } from "../errors";
import type { Server } from "../server";
import type { Files } from "../sftp/files";
import { removeLeftovers } from "../sftp/temporary-files";
import { inTurn } from "../register/turn";
import { endWithAddress, holdsAddress, withoutAddress } from "./address-lines";
import { trustedAddressesFile } from "./paths";

// Several runs and strangers may write this file at the same moment, without any lock in common. A line is appended in
// one write, which takes nothing away. A removal looks at the file before it exchanges it and after, and carries over what
// others have written meanwhile; removals of ours take turns. All look whether it has come to pass, and begin again if
// somebody has undone it.

/** The trusted addresses of a server as they stand; undefined when there is no such file. */
export async function readTrustedAddresses(server: Server): Promise<string | undefined> {
  const files = await server.files();
  return files.read(trustedAddressesFile);
}

/** Adds one line at the end, unless it stands there already. The file is made when there is none. */
export async function addTrustedAddress(list: TrustedAddresses, address: string): Promise<void> {
  await untilConfirmed(list, address, "add", () => append(list, address));
}

/** Removes one line, and the file too when nothing is left in it and it was made by us. */
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

/** The list of a server, as far as it can be found: it may still have to be made. */
export interface TrustedAddresses {
  server: Server;
  files: Files;
  /** Where the file lies: a link may stand in its place, which is followed and stays. */
  path: string;
}

/** Looks where the list lies. A link that leads to no place is an error before anything is written. */
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
  // What edits have left that came to no end.
  await removeLeftovers(files, posix.dirname(path));
}

/** Milliseconds within which whoever puts another file in place carries over what was appended to the old one. */
const carriedOver = 1_000;

/** An editor may have read the file before a change and put its own version in place after it. */
const mostTries = 5;

/** Changes the file and looks; what an editor has undone meanwhile is done again. */
async function untilConfirmed(
  { server, files, path }: TrustedAddresses,
  address: string,
  verb: "add" | "remove",
  change: () => Promise<void>,
): Promise<void> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    // A line that is on its way would stand there twice: an addition looks once more before it appends.
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

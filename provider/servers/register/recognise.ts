import type { Server as ServerSettings } from "../../schema/server";
import { versionFile } from "../cluster/paths";
import { ServerError } from "../errors";
import type { Server } from "../server";
import type { Files } from "../sftp/files";
import { machineFiles, markOfMachine, readMachine, type Machine } from "./machine";
import { inRegister, recordName, registerDirectory } from "./paths";
import { jsonOf, parseRecord, recordText, type ServerRecord } from "./server-record";

/** A server that is what it was taken for, according to its own files. */
export interface Recognition {
  machine: Machine;
  /** Installed version of cPanel & WHM, such as 11.136.0.5. */
  version: string;
  /** Record in the register; undefined if there is none. */
  record: ServerRecord | undefined;
  /** Whether writing the record was interrupted. It then says nothing and may be written again. */
  isBroken: boolean;
  /** How the server differs from the register, if the user has said to accept it. */
  accepted?: string;
}

/**
 * Checks a server before anything on it is believed or written.
 *
 * @throws ServerError `not-whm` when cPanel's own files are missing, as in a chroot or a rescue system;
 * `another-server` when the register belongs to another machine
 */
export async function recognise(server: Server): Promise<Recognition> {
  const files = await server.files();
  const [version, kept, machine, text] = await Promise.all([
    files.read(versionFile),
    files.list("/var/cpanel"),
    readMachine(files),
    files.read(inRegister(recordName)),
  ]);
  const installed = version?.trim();
  if (!installed) throw notWhm(server, `there is no ${versionFile}, or it is empty`);
  const own = (kept ?? []).filter((name) => !name.startsWith(".pulumi-whm"));
  if (own.length === 0) throw notWhm(server, "/var/cpanel is missing or empty");
  const isBroken = text !== undefined && jsonOf(text) === undefined;
  const record = text === undefined || isBroken ? undefined : parseRecord(server, text);
  const difference = record && differenceOf(record, machine, server.settings);
  const known = { machine, version: installed, isBroken };
  if (!record || difference === undefined) return { ...known, record };
  if (server.settings.identity !== "accept") throw anotherServer(server, difference);
  const renewed = await renew(files, server, { ...record, ...machine });
  return { ...known, record: renewed, accepted: difference };
}

/** Returns the mark by which a state recognises the server: the id in its register, and a mark of the machine itself. */
export function hostMark({ machine, record }: Recognition): string | undefined {
  const mark = markOfMachine(machine);
  return record || mark !== undefined ? `${record?.id ?? ""}.${mark ?? ""}` : undefined;
}

/**
 * Whether a server is the one that a state knows: by the id in its register or, if the register was lost or made again,
 * by the machine itself.
 */
export function isHost(known: string, { machine, record }: Recognition): boolean {
  const [id, mark] = known.split(".");
  return (record !== undefined && record.id === id) || (mark !== "" && mark === markOfMachine(machine));
}

/** Makes the error that refuses to take a server for another one. */
export function anotherServer(
  server: Server,
  said: string,
  wayOut = `Check where its connection leads, and whether it was copied, restored from a backup or renamed. If it is right as it is, set ` +
    `identity: "accept" on ${server.name} for one run. If it is gone for good, set forget: true. Nothing was changed there.`,
): ServerError {
  return new ServerError({
    code: "another-server",
    server: server.name,
    phrase: "recognise the server",
    said,
    wayOut,
  });
}

async function renew(files: Files, { settings }: Server, record: ServerRecord): Promise<ServerRecord> {
  const renewed = {
    ...record,
    declaredAddress: settings.address,
    declaredHostname: settings.hostname?.toLowerCase(),
  };
  const options = { mode: 0o600, temporaryDirectory: registerDirectory };
  await files.writeAtomically(inRegister(recordName), recordText(renewed), options);
  return renewed;
}

/** Returns how a machine, or its declaration, differs from the register; undefined if they agree. */
function differenceOf(record: ServerRecord, machine: Machine, settings: ServerSettings): string | undefined {
  const facts = (["hostname", "address", "machineId"] as const)
    .filter((fact) => record[fact] !== undefined && record[fact] !== machine[fact])
    .map(
      (fact) =>
        `${machineFiles[fact]} holds ${machine[fact] ?? "nothing"}, but the register says ${record[fact]}`,
    );
  if (facts.length > 0) return facts.join("; ");
  return isDeclaredOtherwise(record, settings)
    ? `it is registered as ${record.declaredHostname ?? "a server"} with the address ${record.declaredAddress}`
    : undefined;
}

/** Whether name and address are both declared otherwise. One may differ in another program; both mean another server. */
function isDeclaredOtherwise(
  record: ServerRecord,
  { address, publicAddress, hostname }: ServerSettings,
): boolean {
  const { declaredAddress, declaredHostname } = record;
  if (declaredAddress === undefined || address === undefined) return false;
  if (declaredAddress === address || declaredAddress === publicAddress) return false;
  return hostname !== undefined && declaredHostname !== hostname.toLowerCase();
}

function notWhm(server: Server, said: string): ServerError {
  return new ServerError({
    code: "not-whm",
    server: server.name,
    phrase: "find cPanel & WHM",
    said,
    wayOut:
      "Check where its connection leads: a rescue system, a chroot (ChrootDirectory in sshd_config) and another host look like this. " +
      "If the server is gone for good, set forget: true on it. Nothing was changed there.",
  });
}

import type { Server as ServerSettings } from "../../schema/server";
import { versionFile } from "../cluster/paths";
import { ServerError } from "../errors";
import type { Server } from "../server";
import type { Files } from "../sftp/files";
import { machineFiles, markOfMachine, readMachine, type Machine } from "./machine";
import { inRegister, recordName, registerDirectory } from "./paths";
import { jsonOf, parseRecord, recordText, type ServerRecord } from "./server-record";

/** A server that is what it was taken for, as far as its own files tell. */
export interface Recognition {
  machine: Machine;
  /** The version of cPanel & WHM that is installed, such as 11.136.0.5. */
  version: string;
  /** What the register says of it; undefined where nothing is registered. */
  record: ServerRecord | undefined;
  /** Its record is there, and its writing was broken off: it says nothing and may be written anew. */
  isBroken: boolean;
  /** In what it differs from the register, when the user has said that it is accepted. */
  accepted?: string;
}

/**
 * Looks at a server before anything on it is believed or written.
 *
 * @throws ServerError `not-whm` where cPanel's own files are missing, as in a chroot or a rescue system; `another-server`
 *   where the register belongs to another machine
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

/** What a state keeps to know the server again: the id in its register, and a mark of the machine itself. */
export function hostMark({ machine, record }: Recognition): string | undefined {
  const mark = markOfMachine(machine);
  return record || mark !== undefined ? `${record?.id ?? ""}.${mark ?? ""}` : undefined;
}

/**
 * Whether a server is the one that a state speaks of: by the id in its register or, where the register was lost or made
 * anew, by the machine itself.
 */
export function isHost(known: string, { machine, record }: Recognition): boolean {
  const [id, mark] = known.split(".");
  return (record !== undefined && record.id === id) || (mark !== "" && mark === markOfMachine(machine));
}

/** The refusal to take a server for another one. */
export function anotherServer(server: Server, said: string): ServerError {
  return new ServerError({
    code: "another-server",
    server: server.name,
    phrase: "recognise the server",
    said,
    wayOut:
      `Check where its connection leads, and whether it was copied, restored from a backup or renamed. If it is right as it is, set ` +
      `identity: "accept" on ${server.name} for one run. If it is gone for good, set forget: true. Nothing was changed there.`,
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

/** In what a machine, or what is declared of it, is not what the register says; undefined when it is the same. */
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

/** One of the two may be said in another way by another program; both are another server. */
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

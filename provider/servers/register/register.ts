import type { Server } from "../server";
import { SharedRead } from "../shared-read";
import type { Files } from "../sftp/files";
import { isMissing } from "../sftp/session";
import { removeLeftovers } from "../sftp/temporary-files";
import { isTemporary } from "../sftp/temporary-names";
import { inRegister, recordName, registerDirectory, turnName } from "./paths";
import { recognise, type Recognition } from "./recognise";
import { newRecord, recordText } from "./server-record";

/** One register for each server and process: what a server is doesn't change while it is in use. */
const registers = new WeakMap<Server, Register>();

export function registerOf(server: Server): Register {
  const register = registers.get(server) ?? new Register(server);
  registers.set(server, register);
  return register;
}

/** Records on a server which one it is, and who owns what on it. */
export class Register {
  private readonly listing = new SharedRead(async () => this.list());
  private known: Promise<Recognition> | undefined;
  /** Whether an interrupted write had left something when the entries were last read. */
  private hasLeftovers = false;

  constructor(private readonly server: Server) {}

  /** Recognises the server once. Repeats a failed attempt. */
  recognise(): Promise<Recognition> {
    const known = this.known ?? recognise(this.server);
    this.known = known;
    const forget = (): void => {
      if (this.known === known) this.known = undefined;
    };
    known.then(({ isBroken }) => isBroken && forget(), forget);
    return known;
  }

  /** Lists the names of the entries, without `server.json`. */
  names(): Promise<string[]> {
    return this.listing.get();
  }

  async read(name: string): Promise<string | undefined> {
    const files = await this.server.files();
    return files.read(inRegister(name));
  }

  /** Makes an entry, and the register with the first one. Returns false if an entry of this name exists. */
  add(name: string, text: string): Promise<boolean> {
    return this.inside((files) => files.createExclusively(inRegister(name), text, 0o600));
  }

  /** Writes an entry, whether it exists or not. */
  put(name: string, text: string): Promise<void> {
    const options = { mode: 0o600, temporaryDirectory: registerDirectory };
    return this.inside((files) => files.writeAtomically(inRegister(name), text, options));
  }

  /** Removes entries, and the register with the last one. The server is then as it was before. */
  async remove(names: readonly string[]): Promise<void> {
    const files = await this.server.files();
    for (const name of names) await files.remove(inRegister(name));
    const left = await files.list(registerDirectory);
    if (left && !left.some(isEntry)) await this.close(files, left);
    else if (left?.some(isTemporary)) await removeLeftovers(files, registerDirectory, left);
  }

  /** Removes the register. Another stack may make its first entry meanwhile: what that needs is restored. */
  private async close(files: Files, left: readonly string[]): Promise<void> {
    await removeLeftovers(files, registerDirectory, left);
    // Nobody has a turn when nothing is claimed: a killed run has left it.
    if (left.includes(turnName)) await files.remove(inRegister(turnName));
    const record = await files.read(inRegister(recordName));
    await files.remove(inRegister(recordName));
    this.known = undefined;
    if ((await files.removeDirectory(registerDirectory)) || record === undefined) return;
    await files.createWhole(inRegister(recordName), record, registerDirectory);
  }

  /** Works in the register. Another stack may have removed it since it was last seen. */
  private async inside<T>(work: (files: Files) => Promise<T>): Promise<T> {
    const files = await this.server.files();
    for (let tries = 1; ; tries += 1) {
      await this.open(files);
      try {
        const result = await work(files);
        await this.tidy(files);
        return result;
      } catch (error) {
        // A full disk, for example: a register without an entry is not left behind.
        if (!isMissing(error) || tries === 3) await this.remove([]).catch(() => undefined);
        if (!isMissing(error) || tries === 3) throw error;
        this.known = undefined;
      }
    }
  }

  private async tidy(files: Files): Promise<void> {
    if (!this.hasLeftovers) return;
    await removeLeftovers(files, registerDirectory);
    this.hasLeftovers = false;
  }

  private async open(files: Files): Promise<void> {
    const found = await this.recognise();
    if (found.record) return;
    await files.makeDirectory(registerDirectory, 0o700);
    const record = newRecord(this.server, found.machine);
    const isOurs = await this.write(files, recordText(record), found).catch(async (error: unknown) => {
      // Another run is removing the register: the next try makes it again.
      if (isMissing(error)) return false;
      await files.removeDirectory(registerDirectory).catch(() => undefined);
      throw error;
    });
    if (isOurs) {
      this.known = Promise.resolve({ ...found, record });
      return;
    }
    // Another run has made it at the same moment: its record counts.
    this.known = undefined;
    await this.recognise();
  }

  /** Writes the record. Returns whether it is the one that is there now. */
  private async write(files: Files, text: string, { isBroken }: Recognition): Promise<boolean> {
    if (!isBroken) return files.createWhole(inRegister(recordName), text, registerDirectory);
    const options = { mode: 0o600, temporaryDirectory: registerDirectory };
    await files.writeAtomically(inRegister(recordName), text, options);
    // Others may replace a broken record too.
    return false;
  }

  private async list(): Promise<string[]> {
    const files = await this.server.files();
    const names = (await files.list(registerDirectory)) ?? [];
    this.hasLeftovers = names.some(isTemporary);
    return names.filter(isEntry);
  }
}

/** Whether a file of the register is an entry, and not one that the register itself needs. */
function isEntry(name: string): boolean {
  return name !== recordName && name !== turnName && !isTemporary(name);
}

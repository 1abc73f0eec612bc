import type { Server } from "../server";
import { SharedRead } from "../shared-read";
import type { Files } from "../sftp/files";
import { isMissing } from "../sftp/session";
import { removeLeftovers } from "../sftp/temporary-files";
import { isTemporary } from "../sftp/temporary-names";
import { inRegister, recordName, registerDirectory, turnName } from "./paths";
import { recognise, type Recognition } from "./recognise";
import { newRecord, recordText } from "./server-record";

/** One register a server and process: what a server is does not change while it is worked on. */
const registers = new WeakMap<Server, Register>();

export function registerOf(server: Server): Register {
  const register = registers.get(server) ?? new Register(server);
  registers.set(server, register);
  return register;
}

/** What is noted on a server: which one it is, and which thing on it is whose. */
export class Register {
  private readonly listing = new SharedRead(async () => this.list());
  private known: Promise<Recognition> | undefined;
  /** Whether a write that was broken off has left something, when the entries were last looked at. */
  private hasLeftovers = false;

  constructor(private readonly server: Server) {}

  /** Looks once at what the server is; a look that failed is done again. */
  recognise(): Promise<Recognition> {
    const known = this.known ?? recognise(this.server);
    this.known = known;
    const forget = (): void => {
      if (this.known === known) this.known = undefined;
    };
    known.then(({ isBroken }) => isBroken && forget(), forget);
    return known;
  }

  /** Names of the entries, without `server.json`. */
  names(): Promise<string[]> {
    return this.listing.get();
  }

  async read(name: string): Promise<string | undefined> {
    const files = await this.server.files();
    return files.read(inRegister(name));
  }

  /** Makes an entry, and the register with the first one; false when there is an entry of this name. */
  add(name: string, text: string): Promise<boolean> {
    return this.inside((files) => files.createExclusively(inRegister(name), text, 0o600));
  }

  /** Puts an entry in place, whether there is one or not. */
  put(name: string, text: string): Promise<void> {
    const options = { mode: 0o600, temporaryDirectory: registerDirectory };
    return this.inside((files) => files.writeAtomically(inRegister(name), text, options));
  }

  /** Removes entries, and the register with the last one: the server is then as it was before. */
  async remove(names: readonly string[]): Promise<void> {
    const files = await this.server.files();
    for (const name of names) await files.remove(inRegister(name));
    const left = await files.list(registerDirectory);
    if (left && !left.some(isEntry)) await this.close(files, left);
    else if (left?.some(isTemporary)) await removeLeftovers(files, registerDirectory, left);
  }

  /** Somebody may make the first entry of a stack while the last one of another goes: what they need comes back. */
  private async close(files: Files, left: readonly string[]): Promise<void> {
    await removeLeftovers(files, registerDirectory, left);
    // Nobody has a turn where nothing is claimed: it is what a killed run has left.
    if (left.includes(turnName)) await files.remove(inRegister(turnName));
    const record = await files.read(inRegister(recordName));
    await files.remove(inRegister(recordName));
    this.known = undefined;
    if ((await files.removeDirectory(registerDirectory)) || record === undefined) return;
    await files.createWhole(inRegister(recordName), record, registerDirectory);
  }

  /** Another stack may have removed the register since it was looked at. */
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
      // Another run takes the register away at this moment: the next try makes it anew.
      if (isMissing(error)) return false;
      await files.removeDirectory(registerDirectory).catch(() => undefined);
      throw error;
    });
    if (isOurs) {
      this.known = Promise.resolve({ ...found, record });
      return;
    }
    // Another run has made it at the same moment: what stands there counts.
    this.known = undefined;
    await this.recognise();
  }

  /** Writes the record, and tells whether it is the one that stands there now. */
  private async write(files: Files, text: string, { isBroken }: Recognition): Promise<boolean> {
    if (!isBroken) return files.createWhole(inRegister(recordName), text, registerDirectory);
    const options = { mode: 0o600, temporaryDirectory: registerDirectory };
    await files.writeAtomically(inRegister(recordName), text, options);
    // Others may put theirs in place of a broken one too.
    return false;
  }

  private async list(): Promise<string[]> {
    const files = await this.server.files();
    const names = (await files.list(registerDirectory)) ?? [];
    this.hasLeftovers = names.some(isTemporary);
    return names.filter(isEntry);
  }
}

/** Whether a file of the register is noted for somebody, and not what the register itself needs. */
function isEntry(name: string): boolean {
  return name !== recordName && name !== turnName && !isTemporary(name);
}

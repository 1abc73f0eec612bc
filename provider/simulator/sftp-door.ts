import { utils, type SFTPWrapper } from "ssh2";
import { FileError } from "./file-error";
import { ForgottenFiles } from "./forgotten-files";
import type { Effect, FaultName, FaultSet } from "./faults";
import { pause } from "./pause";
import { offerExtensions, readStrings } from "./sftp-extensions";
import { SftpHandles } from "./sftp-handles";
import { SftpOperations } from "./sftp-operations";
import { done, refused, type SftpReply } from "./sftp-replies";
import type { SimulatedServer } from "./simulated-server";
import type { VirtualFiles } from "./virtual-files";

/** A request: its names for faults and the journal, and what it does. */
interface SftpRequest {
  readonly id: number;
  /** Name in the protocol, in lower case. Faults are matched by it. */
  readonly operation: string;
  /** Whether it changes something. @default false */
  readonly write?: boolean;
  /** Entry for the journal; absent for the steps of a read or write that is already there. */
  readonly entry?: { readonly operation: string; readonly target: string };
  readonly work: (effect: Effect, faults: FaultSet) => SftpReply;
}

const everyRequest: readonly FaultName[] = ["slow", "reset", "reset-after", "silent"];
const reads: readonly FaultName[] = [...everyRequest, "truncated"];
const changes: readonly FaultName[] = [
  ...everyRequest,
  "half-applied",
  "lying-success",
  "forgetful",
  "read-only",
];
const growth: readonly FaultName[] = [...changes, "disk-full"];

/** An SFTP channel, served from the virtual files of a server. */
export class SftpDoor {
  private readonly handles = new SftpHandles();
  private readonly operations: SftpOperations;
  private readonly forgotten: ForgottenFiles;

  constructor(
    private readonly server: SimulatedServer,
    files: VirtualFiles,
    private readonly sftp: SFTPWrapper,
    /** Drops the whole connection. */
    private readonly drop: () => void,
  ) {
    this.operations = new SftpOperations(files, this.handles);
    this.forgotten = new ForgottenFiles(files);
    offerExtensions(sftp, {
      "posix-rename@openssh.com": "1",
      "fsync@openssh.com": "1",
      "hardlink@openssh.com": "1",
    });
    sftp.on("error", () => undefined);
    sftp.on("end", () => sftp.end());
    this.listenToFiles();
    this.listenToDirectories();
    this.listenToAttributes();
    this.listenToNames();
    this.listenToExtensions();
  }

  private listenToFiles(): void {
    const { sftp, operations, handles, forgotten } = this;
    sftp.on("OPEN", (id, path, flags, attributes) => {
      const write = (flags & utils.sftp.OPEN_MODE.WRITE) !== 0;
      const entry = { operation: write ? "write" : "read", target: path };
      const work = (effect: Effect): SftpReply => operations.open(path, { flags, attributes }, effect);
      this.take({ id, operation: "open", write, entry, work });
    });
    sftp.on("READ", (id, name, offset, length) => {
      const handle = Buffer.from(name);
      const work = (_: Effect, faults: FaultSet): SftpReply =>
        operations.read(handle, { offset, length }, faults.has("truncated"));
      this.take({ id, operation: "read", work });
    });
    sftp.on("WRITE", (id, name, offset, bytes) => {
      // Copied, because the transport reuses the buffer that contains both.
      const [handle, data] = [Buffer.from(name), Buffer.from(bytes)];
      this.take({
        id,
        operation: "write",
        write: true,
        work: (effect) => operations.write(handle, offset, data, effect),
      });
    });
    sftp.on("CLOSE", (id, name) => {
      const handle = Buffer.from(name);
      const path = handles.pathOf(handle);
      const work = (): SftpReply => {
        const reply = operations.close(handle);
        forgotten.afterReading(path);
        return reply;
      };
      this.take({ id, operation: "close", work });
    });
  }

  private listenToDirectories(): void {
    const { sftp, operations } = this;
    sftp.on("OPENDIR", (id, path) => {
      this.take({ id, ...seen("opendir", path), work: () => operations.openDirectory(path) });
    });
    sftp.on("READDIR", (id, name) => {
      const handle = Buffer.from(name);
      this.take({ id, operation: "readdir", work: () => operations.readDirectory(handle) });
    });
    sftp.on("MKDIR", (id, path, attributes) => {
      this.take({
        id,
        ...changed("mkdir", path),
        work: (effect) => operations.makeDirectory(path, attributes, effect),
      });
    });
    sftp.on("RMDIR", (id, path) => {
      this.take({
        id,
        ...changed("rmdir", path),
        work: (effect) => operations.removeDirectory(path, effect),
      });
    });
  }

  private listenToAttributes(): void {
    const { sftp, operations, handles } = this;
    sftp.on("STAT", (id, path) =>
      this.take({ id, ...seen("stat", path), work: () => operations.stat(path) }),
    );
    sftp.on("LSTAT", (id, path) =>
      this.take({ id, ...seen("lstat", path), work: () => operations.stat(path) }),
    );
    sftp.on("FSTAT", (id, name) => {
      const handle = Buffer.from(name);
      this.take({ id, ...seen("fstat", handles.pathOf(handle)), work: () => operations.statHandle(handle) });
    });
    sftp.on("SETSTAT", (id, path, attributes) => {
      this.take({
        id,
        ...changed("setstat", path),
        work: (effect) => operations.change(path, attributes, effect),
      });
    });
    sftp.on("FSETSTAT", (id, name, attributes) => {
      const handle = Buffer.from(name);
      const work = (effect: Effect): SftpReply => operations.changeHandle(handle, attributes, effect);
      this.take({ id, ...changed("fsetstat", handles.pathOf(handle)), work });
    });
  }

  private listenToNames(): void {
    const { sftp, operations } = this;
    sftp.on("REALPATH", (id, path) =>
      this.take({ id, ...seen("realpath", path), work: () => operations.realPath(path) }),
    );
    sftp.on("REMOVE", (id, path) => {
      this.take({ id, ...changed("remove", path), work: (effect) => operations.remove(path, effect) });
    });
    sftp.on("RENAME", (id, from, to) => {
      const work = (effect: Effect): SftpReply => operations.rename(from, to, { replace: false, effect });
      this.take({ id, ...changed("rename", to), work });
    });
  }

  private listenToExtensions(): void {
    const { sftp, operations, handles, forgotten } = this;
    sftp.on("EXTENDED", (id, name, data) => {
      const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = readStrings(Buffer.from(data ?? []));
      if (name === "posix-rename@openssh.com") {
        const [from, to] = [first.toString(), second.toString()];
        const work = (effect: Effect, faults: FaultSet): SftpReply => {
          if (faults.has("forgetful")) forgotten.note(to);
          return operations.rename(from, to, { replace: true, effect });
        };
        return this.take({ id, ...changed("rename", to), work });
      }
      if (name === "hardlink@openssh.com") {
        const [target, path] = [first.toString(), second.toString()];
        const work = (effect: Effect): SftpReply => operations.link(target, path, effect);
        return this.take({ id, ...changed("link", path), work });
      }
      if (name === "fsync@openssh.com") {
        return this.take({
          id,
          ...seen("fsync", handles.pathOf(first)),
          work: () => (handles.getFile(first), done),
        });
      }
      refused(new FileError("unsupported", ""))(sftp, id);
    });
  }

  private take(request: SftpRequest): void {
    const write = request.write ?? false;
    if (request.entry) this.server.record("sftp", { ...request.entry, write });
    const faults = this.server.faults.inject(
      "sftp",
      request.operation,
      possibleFaults(request.operation, write),
    );
    if (faults.has("silent")) return;
    if (faults.delay === 0) return this.answer(request, faults);
    void pause(faults.delay).then(() => this.answer(request, faults));
  }

  private answer(request: SftpRequest, faults: FaultSet): void {
    if (faults.has("reset")) return this.drop();
    const reply = carryOut(request, faults);
    if (faults.has("reset-after")) return this.drop();
    reply(this.sftp, request.id);
  }
}

function possibleFaults(operation: string, write: boolean): readonly FaultName[] {
  if (operation === "read") return reads;
  if (!write) return everyRequest;
  return operation === "write" || operation === "mkdir" ? growth : changes;
}

function carryOut(request: SftpRequest, faults: FaultSet): SftpReply {
  try {
    if (faults.has("disk-full")) throw new FileError("no-space", "");
    if (faults.has("read-only")) throw new FileError("permission-denied", "");
    return request.work(faults.effect, faults);
  } catch (error) {
    return refused(error);
  }
}

type Labels = Pick<SftpRequest, "operation" | "write"> & Required<Pick<SftpRequest, "entry">>;

function seen(operation: string, target: string): Labels {
  return { operation, write: false, entry: { operation, target } };
}

function changed(operation: string, target: string): Labels {
  return { operation, write: true, entry: { operation, target } };
}

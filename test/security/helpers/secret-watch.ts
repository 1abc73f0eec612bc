import { type Dirent, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { withUnpacked } from "../../helpers/unpacked";

/** A secret that a test has planted, and by which way it may come in. */
export interface PlantedSecret {
  readonly name: string;
  readonly value: string;
  /** It is handed over in an environment variable, so that it stands there. */
  readonly byEnvironment?: boolean;
}

/** A place where a secret was seen. */
export interface Sighting {
  readonly secret: string;
  readonly place: string;
}

/** Milliseconds between two looks. */
const interval = 20;

/**
 * Looks for planted secrets where a run leaves traces while it lasts: argument lists and environments of all processes,
 * and every file below some folders. What has gone between two looks is not seen, which is why a run is looked at
 * many times.
 */
export class SecretWatch {
  /** How often it has looked; a watch that never looked proves nothing. */
  looks = 0;
  /** Command lines of processes that belong to the runs. */
  readonly commands = new Set<string>();
  /** Files that were there at one time or another. */
  readonly files = new Set<string>();
  private readonly seen = new Map<string, Sighting>();
  /** What has been looked at in the state that it is in. */
  private readonly done = new Map<string, string>();
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param mark text in the environment of every process that belongs to the runs
   * @param folders where the runs write
   */
  constructor(
    private readonly mark: string,
    private readonly folders: readonly string[],
    private readonly secrets: () => readonly PlantedSecret[],
  ) {}

  start(): void {
    this.timer = setInterval(() => this.look(), interval);
  }

  stop(): Sighting[] {
    clearInterval(this.timer);
    // Once more at all that is there, with every secret that has come up meanwhile.
    this.done.clear();
    this.look();
    return [...this.seen.values()];
  }

  /** Looks into a text as well, such as what a run has printed. */
  inspect(place: string, text: string, secrets = this.secrets()): void {
    for (const name of secretsIn(withUnpacked(text), secrets))
      this.seen.set(`${name} ${place}`, { secret: name, place });
  }

  private look(): void {
    this.looks += 1;
    for (const id of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) this.lookAtProcess(id);
    for (const folder of this.folders) this.lookInto(folder);
  }

  private lookAtProcess(id: string): void {
    const command = readIfThere(`/proc/${id}/cmdline`).replaceAll("\0", " ");
    if (!this.isNew(`process ${id}`, command)) return;
    this.inspect(`arguments of ${command}`, command);
    const environment = readIfThere(`/proc/${id}/environ`);
    if (!environment.includes(this.mark)) return;
    this.commands.add(command);
    const hidden = this.secrets().filter(({ byEnvironment }) => !byEnvironment);
    this.inspect(`environment of ${command}`, environment, hidden);
  }

  private lookInto(folder: string): void {
    for (const entry of entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) this.lookInto(path);
      if (!entry.isFile() || !this.isNew(path, stateOf(path))) continue;
      this.files.add(path);
      this.inspect(path, `${path}\n${readIfThere(path)}`);
    }
  }

  private isNew(place: string, state: string): boolean {
    const isNew = this.done.get(place) !== state;
    this.done.set(place, state);
    return isNew;
  }
}

/** Names of the secrets that stand in a text, in clear or in a form that anybody turns back. */
export function secretsIn(text: string, secrets: readonly PlantedSecret[]): string[] {
  return secrets
    .filter(({ value }) => formsOf(value).some((form) => text.includes(form)))
    .map(({ name }) => name);
}

/** A secret as it may be written: as it is, percent-encoded, as JSON, in base64 at any offset; a key also by its lines. */
function formsOf(value: string): string[] {
  const known = remembered.get(value);
  if (known) return known;
  const lines = value.split("\n").filter((line) => line.length >= 16 && !line.startsWith("-----"));
  const forms = [...new Set([...(lines.length > 1 ? lines : [value])].flatMap(writtenForms))];
  remembered.set(value, forms);
  return forms;
}

const remembered = new Map<string, string[]>();

function writtenForms(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const twice = JSON.stringify(json).slice(1, -1);
  return [text, encodeURIComponent(text), json, twice, ...base64Forms(text)];
}

/** Base64 of a text inside of another one: three forms, without the characters that the neighbours share. */
function base64Forms(text: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
    const whole = bytes.length - (bytes.length % 3);
    const encoded = bytes
      .subarray(0, whole)
      .toString("base64")
      .slice(before === 0 ? 0 : 4);
    return [encoded, encoded.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function stateOf(path: string): string {
  const status = statSync(path, { throwIfNoEntry: false });
  return status ? `${status.mtimeMs} ${status.size} ${status.ino}` : "gone";
}

/** A process or a file may be gone by now. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

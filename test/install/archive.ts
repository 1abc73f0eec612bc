import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runCommand, type CommandResult } from "../helpers/run-command";

const repository = resolve(__dirname, "../..");

/** What `npm pack` says of an archive. */
export interface Archive {
  readonly filename: string;
  /** Bytes. */
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

/** What would be in the archive; none is made. dist/ is taken as it is. */
export async function archiveContents(): Promise<Archive> {
  return parse(await npmPack("--dry-run"));
}

/** Makes the archive in a folder of its own for as long as a file's tests run. */
export function packedArchive(): () => string {
  let folder: string;
  let file: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "pulumi-whm-archive-"));
    file = join(folder, parse(await npmPack("--pack-destination", folder)).filename);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return () => file;
}

function npmPack(...flags: string[]): Promise<CommandResult> {
  return runCommand("npm", ["pack", "--json", "--ignore-scripts", ...flags], { folder: repository });
}

function parse({ code, stdout, stderr }: CommandResult): Archive {
  if (code !== 0) throw new Error(`npm pack ended with ${code}:\n${stderr}`);
  const [archive] = JSON.parse(stdout) as [Archive];
  return archive;
}

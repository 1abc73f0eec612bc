import { execFile, type ExecFileException } from "node:child_process";
import { UsageError } from "../usage-error";

/** The work tree below the current folder, compared with one commit. All paths are relative to the current folder. */
export interface Comparison {
  /** Files that Git tracks, also deleted ones. */
  readonly tracked: readonly string[];
  /** Tracked files that differ from the commit, and files that only the commit has. */
  readonly changed: readonly string[];
  /** Returns the text of a file in the commit; undefined if it has no such file. */
  readonly oldText: (path: string) => Promise<string | undefined>;
}

/**
 * Compares the current folder with a revision.
 *
 * @throws UsageError when there is no Git, no repository or no such revision
 */
export async function compareWith(revision: string): Promise<Comparison> {
  await refuseOutside();
  const commit = await commitOf(revision);
  // Without renames a moved file is listed under its old path too.
  const diff = ["diff", "--name-only", "--no-renames", "--no-ext-diff", "--relative", "-z", commit, "--"];
  return {
    tracked: paths(await mustRun(["ls-files", "-z"])),
    changed: paths(await mustRun(diff)),
    oldText: async (path) => {
      const { code, output } = await run(["cat-file", "blob", `${commit}:./${path}`]);
      return code === 0 ? output : undefined;
    },
  };
}

async function refuseOutside(): Promise<void> {
  const { code, output, errors } = await run(["rev-parse", "--is-inside-work-tree"]);
  if (code === 0 && output.trim() === "true") return;
  throw new UsageError(
    `This folder is not in the work tree of a Git repository. ${firstLine(errors)}`.trimEnd(),
  );
}

async function commitOf(revision: string): Promise<string> {
  if (revision.startsWith("-")) throw new UsageError("A revision can't begin with a dash.");
  const { code, output } = await run(["rev-parse", "--verify", "--quiet", `${revision}^{commit}`]);
  if (code === 0) return output.trim();
  throw new UsageError(
    `Git knows no commit ${revision} here. If this clone is shallow, fetch more of its history first.`,
  );
}

interface GitRun {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

async function mustRun(args: readonly string[]): Promise<string> {
  const { code, output, errors } = await run(args);
  if (code === 0) return output;
  throw new UsageError(`Failed to compare: git ${args[0]} said: ${firstLine(errors)}`);
}

/** Runs Git in the current folder, without a shell. */
function run(args: readonly string[]): Promise<GitRun> {
  return new Promise((resolve, reject) => {
    execFile("git", args, { maxBuffer: 2 ** 28 }, (error, output, errors) => {
      if (error === null) resolve({ code: 0, output, errors });
      else if (typeof error.code === "number") resolve({ code: error.code, output, errors });
      else reject(notRun(error));
    });
  });
}

function notRun(error: ExecFileException): Error {
  return error.code === "ENOENT" ? new UsageError("Git is not on PATH. Install it first.") : error;
}

const paths = (output: string): string[] => [...new Set(output.split("\0"))].filter(Boolean);
const firstLine = (text: string): string => text.trim().split("\n")[0] ?? "";

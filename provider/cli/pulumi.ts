import { spawn } from "node:child_process";
import { UsageError } from "./usage-error";

/** The oldest command line whose exit codes tell a rejected plan from a crash. Adoption was tried with it too. */
export const oldestPulumi = "3.227.0";

/** What a run of Pulumi's command line left. */
export interface PulumiRun {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

export interface PulumiOptions {
  /** Folder of the program. @default the current one */
  readonly cwd?: string | undefined;
  /** Standard input. Secrets travel here and never in the arguments. @default empty */
  readonly input?: string | undefined;
}

/**
 * Runs Pulumi's command line and waits for its end. Secrets may be in its output: never show it whole.
 *
 * @throws UsageError when there is no such command
 */
export function runPulumi(
  args: readonly string[],
  { cwd, input = "" }: PulumiOptions = {},
): Promise<PulumiRun> {
  return new Promise((resolve, reject) => {
    const child = spawn("pulumi", [...args, "--non-interactive"], {
      cwd,
      env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
      stdio: ["pipe", "pipe", "pipe"],
    });
    const [output, errors] = [textOf(child.stdout), textOf(child.stderr)];
    child.on("error", (error: NodeJS.ErrnoException) => reject(notStarted(error)));
    child.on("close", (code) => resolve({ code: code ?? 1, output: output(), errors: errors() }));
    // A command that ends early doesn't read its input.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}

/**
 * Runs Pulumi's command line and returns its output.
 *
 * @param phrase description of the attempt, to follow "Failed to"
 * @throws UsageError with what Pulumi said when it fails
 */
export async function askPulumi(
  phrase: string,
  args: readonly string[],
  options: PulumiOptions = {},
): Promise<string> {
  const { code, output, errors } = await runPulumi(args, options);
  if (code === 0) return output;
  throw new UsageError(
    `Failed to ${phrase}: pulumi ${args.slice(0, 2).join(" ")} said: ${lastWords(errors)}`,
  );
}

/** Returns the lines in which Pulumi says what was wrong. */
function lastWords(errors: string): string {
  const lines = errors.split("\n").map((line) => line.replace(/^error:\s*/, "").trim());
  return (
    lines
      .filter((line) => line !== "")
      .slice(-3)
      .join(" ") || "nothing"
  );
}

function textOf(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString("utf8");
}

function notStarted(error: NodeJS.ErrnoException): Error {
  if (error.code !== "ENOENT") return error;
  return new UsageError(
    "Pulumi's command line is not on PATH. Install it: https://www.pulumi.com/docs/install/.",
  );
}

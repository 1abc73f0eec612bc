import { exitCodes } from "./exit-codes";
import { runCommandLine } from "./program";
import { coloursFor } from "./streams";
import { wantsColours } from "./wants-colours";

// The only part of the command that uses the process.

const { argv, env, stdin, stdout, stderr } = process;

// A reader of the output, such as `head`, may stop early. That doesn't change the verdict.
stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") return;
  stderr.write(`Failed to write to standard output: ${error.message}\n`);
  process.exit(exitCodes.unexpected);
});
stderr.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") process.exit(exitCodes.unexpected);
});

void runCommandLine(argv.slice(2), {
  streams: {
    input: stdin,
    output: stdout,
    errors: stderr,
    colours: coloursFor(wantsColours(env, stdout.isTTY)),
    columns: stdout.columns,
    isInteractive: stdin.isTTY && stdout.isTTY,
    showsProgress: stderr.isTTY && env["TERM"] !== "dumb",
  },
  untilStopped,
  debug: env["WHM_DNS_DEBUG"] === "1",
}).then((code) => {
  process.exitCode = code;
});

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}

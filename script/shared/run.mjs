import { spawn } from "node:child_process";
import { constants } from "node:os";
import { createInterface } from "node:readline";

/**
 * Runs a command to its end and collects what it says. Never throws: a command that cannot be started ends with
 * code 127, one that ran out of time with code 124, as in a shell.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, input?: string, timeout?: number,
 *   echo?: boolean, onLine?: (line: string) => void }} [options] `env` is added to this process's own; `echo` shows
 *   the output as it comes; `onLine` sees each line of both streams; `timeout` in milliseconds.
 * @returns {Promise<{ code: number, stdout: string, stderr: string, milliseconds: number }>}
 */
export function run(command, args, options = {}) {
  const started = performance.now();
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: [options.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    // A group of its own, so that running out of time ends the command's children too.
    detached: options.timeout !== undefined,
  });
  if (options.input !== undefined) child.stdin.on("error", ignoreClosedPipe).end(options.input);
  const said = { stdout: collect(child.stdout, options), stderr: collect(child.stderr, options) };
  const clock = options.timeout === undefined ? undefined : endAfter(child, options.timeout);
  return new Promise((resolve) => {
    const finish = (code, complaint = "") => {
      clock?.stop();
      const stderr = said.stderr() + complaint;
      resolve({ code, stdout: said.stdout(), stderr, milliseconds: performance.now() - started });
    };
    child.on("error", (error) => finish(127, `${command}: ${error.message}`));
    child.on("close", (code) => {
      if (clock?.ranOut()) finish(124, `\n${command} did not end within ${options.timeout / 1000} s`);
      else finish(code ?? 1);
    });
  });
}

function collect(stream, { echo, onLine }) {
  const chunks = [];
  stream.on("data", (chunk) => {
    chunks.push(chunk);
    if (echo) process.stdout.write(chunk);
  });
  if (onLine) createInterface({ input: stream }).on("line", onLine);
  return () => Buffer.concat(chunks).toString("utf8");
}

/** A command that ends without reading its input is judged by its exit code, not by the broken pipe. */
function ignoreClosedPipe(error) {
  if (error.code !== "EPIPE") throw error;
}

function endAfter(child, milliseconds) {
  let ranOut = false;
  const killGroup = () => {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      child.kill("SIGKILL"); // No process groups here, or the group has ended in the meantime.
    }
  };
  const timer = setTimeout(() => {
    ranOut = true;
    killGroup();
  }, milliseconds);
  // A signal ends this process without an "exit", and a group of its own does not hear of Ctrl-C.
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  const endAll = (signal) => {
    killGroup();
    process.exit(128 + constants.signals[signal]);
  };
  process.once("exit", killGroup);
  for (const signal of signals) process.once(signal, endAll);
  return {
    ranOut: () => ranOut,
    stop() {
      clearTimeout(timer);
      process.off("exit", killGroup);
      for (const signal of signals) process.off(signal, endAll);
    },
  };
}

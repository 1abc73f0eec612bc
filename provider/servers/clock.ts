import { secondsAhead } from "./clock-difference";
import type { Server } from "./server";

/** A server's clock as read with a command. */
export interface CommandClock {
  /** Seconds by which it is ahead of this machine's; undefined if the command didn't tell the time. */
  ahead: number | undefined;
  /** Whether the log-in prints text of its own, which spoils the output of every command. */
  isNoisy: boolean;
}

/** Reads a server's clock with `date`, which changes nothing there. */
export async function readClock(server: Server): Promise<CommandClock> {
  const from = Date.now();
  const { stdout } = await server.run(["/bin/date", "+%s"], {
    phrase: "read the clock",
    deadlineSeconds: 20,
  });
  const [, seconds] = /(\d{9,12})\s*$/.exec(stdout) ?? [];
  if (seconds === undefined) return { ahead: undefined, isNoisy: stdout.trim() !== "" };
  const ahead = secondsAhead(Number(seconds) * 1000, from, Date.now());
  return { ahead, isNoisy: stdout.trim() !== seconds };
}

import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Server } from "../server";
import type { Files } from "../sftp/files";
import { isGone, processMark } from "../sftp/process-mark";
import { temporaryPath } from "../sftp/temporary-names";
import { inRegister, registerDirectory, turnName } from "./paths";

// Removing a line from a file replaces the file. Two runs doing that at the same moment would bring back each other's
// lines, so they take turns: a file in the register says whose turn it is.

/** Milliseconds that one turn may take: each of its few steps is given up after thirty seconds. */
const longestTurn = 120_000;

const turnFile = inRegister(turnName);

/** Turns that this process holds. */
const held = new Set<string>();

/** Runs work while no other run does such work on this server. The thing that it is for must be claimed. */
export async function inTurn<Result>(server: Server, work: () => Promise<Result>): Promise<Result> {
  const mine = `${processMark} ${randomBytes(8).toString("hex")}\n`;
  held.add(mine);
  try {
    await take(server, mine);
    const result = await work().catch(async (error: unknown) => {
      await giveBack(server, mine).catch(() => undefined);
      throw error;
    });
    // Retries on a new connection if this one is lost. If that fails too, so does the work; it is repeated and ends the
    // turn.
    await giveBack(server, mine).catch(() => giveBack(server, mine));
    return result;
  } finally {
    held.delete(mine);
  }
}

async function take(server: Server, mine: string): Promise<void> {
  let [holder, since]: [string | undefined, number] = [undefined, 0];
  for (;;) {
    const files = await server.files();
    const found = await files.read(turnFile);
    if (found === undefined && (await files.createWhole(turnFile, mine, registerDirectory))) return;
    if (found !== holder) [holder, since] = [found, performance.now()];
    if (found !== undefined && isOver(found, performance.now() - since)) await end(files, found);
    else await pause(50 * (1 + Math.random()));
  }
}

async function giveBack(server: Server, mine: string): Promise<void> {
  const files = await server.files();
  if ((await files.read(turnFile)) === mine) await files.remove(turnFile);
}

/**
 * Whether a turn is over. This is the only rule for a holder that doesn't return it: its process has ended or has held
 * it too long.
 */
function isOver(turn: string, seenFor: number): boolean {
  const [mark = ""] = turn.split(" ");
  return (mark === processMark && !held.has(turn)) || isGone(mark) || seenFor > longestTurn;
}

/** Removes a turn that is over, and no other one: several runs may have seen it. */
async function end(files: Files, turn: string): Promise<void> {
  const aside = temporaryPath(registerDirectory);
  if (!(await files.move(turnFile, aside))) return;
  const taken = await files.read(aside);
  if (taken !== undefined && taken !== turn) await files.createWhole(turnFile, taken, registerDirectory);
  await files.remove(aside);
}

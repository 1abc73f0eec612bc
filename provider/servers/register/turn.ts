import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Server } from "../server";
import type { Files } from "../sftp/files";
import { isGone, processMark } from "../sftp/process-mark";
import { temporaryPath } from "../sftp/temporary-names";
import { inRegister, registerDirectory, turnName } from "./paths";

// Whoever takes a line out of a file puts another file in its place. Two runs that did so at the same moment would bring back
// each other's lines, so they do it one after the other: one file in the register says whose turn it is.

/** Milliseconds that one turn may take: each of its few steps is given up after thirty seconds. */
const longestTurn = 120_000;

const turnFile = inRegister(turnName);

/** Turns that this process has now. */
const held = new Set<string>();

/** Does work while no other run does such work on this server. What it is for has to be claimed. */
export async function inTurn<Result>(server: Server, work: () => Promise<Result>): Promise<Result> {
  const mine = `${processMark} ${randomBytes(8).toString("hex")}\n`;
  held.add(mine);
  try {
    await take(server, mine);
    const result = await work().catch(async (error: unknown) => {
      await giveBack(server, mine).catch(() => undefined);
      throw error;
    });
    // On a new connection, should this one be lost. Where that fails too, so does the work: it is done again, and ends the turn.
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

/** The one rule for a holder that does not give back its turn: its process has ended, or has had it for too long. */
function isOver(turn: string, seenFor: number): boolean {
  const [mark = ""] = turn.split(" ");
  return (mark === processMark && !held.has(turn)) || isGone(mark) || seenFor > longestTurn;
}

/** Takes away a turn that is over, and no other one: several may have seen it. */
async function end(files: Files, turn: string): Promise<void> {
  const aside = temporaryPath(registerDirectory);
  if (!(await files.move(turnFile, aside))) return;
  const taken = await files.read(aside);
  if (taken !== undefined && taken !== turn) await files.createWhole(turnFile, taken, registerDirectory);
  await files.remove(aside);
}

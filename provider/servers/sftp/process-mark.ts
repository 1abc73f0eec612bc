import { createHash, randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";

/** Identifies this machine since its last start, and the container that the process numbers belong to. */
const machine = ((): string => {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8");
    const space = readlinkSync("/proc/self/ns/pid");
    return createHash("sha256")
      .update(boot + space)
      .digest("hex")
      .slice(0, 16);
  } catch {
    // If unknown, every process counts as its own machine, so that none is taken for gone.
    return randomBytes(8).toString("hex");
  }
})();

/** Identifies this process in what it leaves on a server, for other processes and machines: `3f2a9c01d4e5b677-42`. */
export const processMark = `${machine}-${process.pid}`;

/** Whether the process of a mark ran on this machine and has ended. False if unknown. */
export function isGone(mark: string): boolean {
  const [where, id] = mark.split("-");
  if (where !== machine) return false;
  try {
    process.kill(Number(id), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

import type { JournalEntry } from "../../provider/simulator";

/** What a kill at this step cannot but leave behind after the deletion, and why. */
export const begunLine = {
  path: "/etc/ips.remotedns",
  at: ({ operation, target }: JournalEntry): boolean => operation === "remove" && target.endsWith(".lock"),
  because:
    "The line stands and the lock is gone: whether the engine has heard of it cannot be told, and a line that may be " +
    "somebody else's stays.",
};

import { readdirSync, readFileSync } from "node:fs";

const pageSize = 4096;
const pause = 100;

/** Watches a process and all its children. @returns a function that ends the watch and tells the peak in megabytes */
export function watchMemory(processId) {
  let peak = 0;
  const look = () => (peak = Math.max(peak, residentPages(processId)));
  const timer = setInterval(look, pause);
  look();
  return () => {
    clearInterval(timer);
    return Math.round((peak * pageSize) / 1e6);
  };
}

/** Pages that several of them share count for each, as in the sum of what `ps` shows. */
function residentPages(processId) {
  try {
    const [, resident] = readFileSync(`/proc/${processId}/statm`, "utf8").split(" ").map(Number);
    return childrenOf(processId).reduce((sum, child) => sum + residentPages(child), resident);
  } catch {
    return 0; // It has ended.
  }
}

/** Any thread of a process may have started a child. */
function childrenOf(processId) {
  const tasks = `/proc/${processId}/task`;
  return readdirSync(tasks)
    .flatMap((task) => readFileSync(`${tasks}/${task}/children`, "utf8").split(" "))
    .filter(Boolean);
}

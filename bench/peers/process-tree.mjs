import { readdirSync, readFileSync } from "node:fs";

const pageSize = 4096;
const pause = 100;

/**
 * Watches a process and all its children.
 *
 * @returns a function that ends the watch and tells the most megabytes: of all together, of Pulumi's engine, and of the
 * process in which it runs lifecycles
 */
export function watchMemory(processId) {
  const peak = { rssMb: 0, engineMb: 0, providerMb: 0 };
  const look = () => {
    const found = processesBelow(processId);
    const most = (name, processes) => (peak[name] = Math.max(peak[name], megabytesOf(processes)));
    most("rssMb", found);
    most("engineMb", found.filter(isEngine));
    most("providerMb", found.filter(isProvider));
  };
  const timer = setInterval(look, pause);
  look();
  return () => {
    clearInterval(timer);
    return peak;
  };
}

/** Pages that several of them share count for each, as in the sum of what `ps` shows. */
function megabytesOf(processes) {
  const pages = processes.map((id) => Number(read(id, "statm").split(" ")[1] ?? 0));
  return Math.round((pages.reduce((sum, each) => sum + each, 0) * pageSize) / 1e6);
}

function isEngine(processId) {
  return read(processId, "cmdline").startsWith("pulumi\0");
}

function isProvider(processId) {
  return read(processId, "cmdline").includes("dynamic-provider");
}

/** Any thread of a process may have started a child. */
function processesBelow(processId) {
  const children = threadsOf(processId).flatMap((thread) =>
    read(processId, `task/${thread}/children`).split(" "),
  );
  return [processId, ...children.filter(Boolean).flatMap(processesBelow)];
}

function threadsOf(processId) {
  try {
    return readdirSync(`/proc/${processId}/task`);
  } catch {
    return []; // It has ended.
  }
}

function read(processId, file) {
  try {
    return readFileSync(`/proc/${processId}/${file}`, "utf8");
  } catch {
    return ""; // It has ended.
  }
}

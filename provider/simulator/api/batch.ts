import { Parameters } from "../parameters";
import type { ApiFunction } from "./function";

/** A batch names a function that doesn't exist. All of it fails, with HTTP 500. */
export class BrokenBatchError extends Error {
  override readonly name = "BrokenBatchError";
}

/** `batch`: several calls in one. */
export const batch: ApiFunction = {
  name: "batch",
  write: false,
  run: ({ parameters, available, call }) => {
    const commands = parameters.list("command").map(parseCommand);
    const unknown = commands.find(({ name }) => name === "batch" || !available.includes(name));
    if (unknown) throw new BrokenBatchError(`no such function in a batch: ${unknown.name}`);
    const stopEarly = parameters.get("abort_on_error") === "1";
    const replies = [];
    for (const { name, query } of commands) {
      const reply = call(name, new Parameters(query));
      replies.push(reply);
      if (stopEarly && reply.metadata.result === 0) break;
    }
    return { result: replies };
  },
};

function parseCommand(command: string): { name: string; query: URLSearchParams } {
  const text = command.includes("?") || !command.includes("%") ? command : decodeURIComponent(command);
  const [name = "", query = ""] = text.split("?", 2);
  return { name, query: new URLSearchParams(query) };
}

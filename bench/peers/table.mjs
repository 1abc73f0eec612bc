import { operations } from "./operations.mjs";

/** The results as tables in Markdown: how long everything took, and what it took beside time. */
export function tableText(results) {
  const sizes = sizesOf(results);
  return [secondsTable(results), ...sizes.map((servers) => costTable(results, servers))].join("\n\n");
}

/** A row for each operation and tool, a column for each number of servers; in brackets, ours for each second of it. */
export function secondsTable(results) {
  const sizes = sizesOf(results);
  const head = ["operation", "tool", ...sizes.map((servers) => `${servers} servers`)];
  return markdown(
    head,
    rowsOf(results).map((row) => [...row, ...sizes.map((servers) => secondsOf(row, servers, results))]),
  );
}

const costs = {
  "log-ins": ({ handshakes }) => handshakes,
  sessions: ({ sessions }) => sessions,
  "API calls": ({ apiCalls }) => apiCalls,
  "memory MB": ({ rssMb }) => Math.round(rssMb),
  "engine MB": ({ engineMb }) => (engineMb ? Math.round(engineMb) : ""),
  "state kB": ({ stateBytes }) => (stateBytes === 0 ? "" : (stateBytes / 1000).toFixed(0)),
};

/** What everything took beside time, with one number of servers. */
export function costTable(results, servers) {
  const head = [`${servers} servers`, "tool", ...Object.keys(costs)];
  const rows = rowsOf(results.filter((result) => result.servers === servers));
  return markdown(
    head,
    rows.map((row) => {
      const found = find(row, servers, results);
      return [...row, ...Object.values(costs).map((cost) => String(cost(found)))];
    }),
  );
}

function secondsOf([operation, tool], servers, results) {
  const found = find([operation, tool], servers, results);
  const ours = find([operation, "pulumi-whm"], servers, results);
  if (!found) return "";
  const ratio = ours && ours !== found ? ` (${(ours.seconds / found.seconds).toFixed(2)})` : "";
  return `${found.seconds.toFixed(1)}${ratio}`;
}

function find([operation, tool], servers, results) {
  return results.find(
    (each) => each.operation === operation && each.tool === tool && each.servers === servers,
  );
}

/** Every operation with every tool that has it, in the order of the operations. */
function rowsOf(results) {
  const tools = [...new Set(results.map(({ tool }) => tool))];
  return operations.flatMap((operation) =>
    tools
      .filter((tool) => results.some((each) => each.operation === operation && each.tool === tool))
      .map((tool) => [operation, tool]),
  );
}

function sizesOf(results) {
  return [...new Set(results.map(({ servers }) => servers))].sort((one, other) => one - other);
}

function markdown(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

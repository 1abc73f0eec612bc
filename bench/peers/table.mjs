import { operations } from "./operations.mjs";

const columns = {
  servers: ({ servers }) => servers,
  operation: ({ operation }) => operation,
  tool: ({ tool }) => tool,
  seconds: ({ seconds }) => seconds.toFixed(1),
  "ours / it": ({ ratio }) => (ratio === undefined ? "" : ratio.toFixed(2)),
  "log-ins": ({ handshakes }) => handshakes,
  sessions: ({ sessions }) => sessions,
  "API calls": ({ apiCalls }) => apiCalls,
  "memory MB": ({ rssMb }) => Math.round(rssMb),
  "engine MB": ({ engineMb }) => engineMb || "",
  "state kB": ({ stateBytes }) => (stateBytes === 0 ? "" : (stateBytes / 1000).toFixed(0)),
};

/** The results as a table in Markdown. */
export function tableText(results) {
  const names = Object.keys(columns);
  const rows = results.map((result) => ({ ...result, ratio: ratioOf(result, results) }));
  const lines = rows.toSorted(inOrder).map((row) => names.map((name) => String(columns[name](row))));
  return [names, names.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function inOrder(one, other) {
  return (
    one.servers - other.servers || operations.indexOf(one.operation) - operations.indexOf(other.operation)
  );
}

/** How long ours takes for each second of another tool. */
function ratioOf({ tool, operation, servers, seconds }, results) {
  if (tool === "pulumi-whm") return undefined;
  const ours = results.find(
    (each) => each.tool === "pulumi-whm" && each.operation === operation && each.servers === servers,
  );
  return ours && ours.seconds / seconds;
}

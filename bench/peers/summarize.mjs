const figures = ["seconds", "handshakes", "sessions", "apiCalls", "rssMb", "engineMb", "stateBytes"];

/** One result for each tool, operation and number of servers: the median of each figure over the rounds. */
export function summarize(samples) {
  const groups = new Map();
  for (const sample of samples) {
    const key = [sample.servers, sample.tool, sample.operation].join(" ");
    groups.set(key, [...(groups.get(key) ?? []), sample]);
  }
  return [...groups.values()].map((group) => {
    const [{ tool, operation, servers }] = group;
    const medians = figures.map((figure) => [figure, median(group.map((sample) => sample[figure]))]);
    return { tool, operation, servers, ...Object.fromEntries(medians) };
  });
}

function median(values) {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.floor(sorted.length / 2)]) / 2;
  return Math.round(middle * 1000) / 1000;
}

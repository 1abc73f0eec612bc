// What is demanded of the figures of one run, whatever the machine.

/** Our tools. */
const own = ["pulumi-whm", "whm-dns"];

/** The most that ours may take for each second of another tool. By default ours is pulumi-whm, doing the same. */
const ratios = [
  { operation: "apply", tool: "remote.Command", most: 0.5 },
  { operation: "apply", tool: "ansible", most: 0.2 },
  { operation: "apply", tool: "floor", most: 2.2 },
  { operation: "noop", tool: "remote.Command", most: 1 },
  { operation: "audit", tool: "ansible", most: 0.1 },
  { operation: "audit", tool: "floor", most: 2 },
  { ours: "whm-dns", operation: "audit", tool: "ansible", most: 0.1 },
  { ours: "whm-dns", operation: "audit", tool: "floor", most: 2 },
  // Adopting reads what the floor's audit reads.
  { ours: "whm-dns", operation: "adopt", tool: "floor", theirs: "audit", most: 2 },
];

/** At smaller sizes starting the engine is most of it. */
const comparedFrom = 50;

/** From a quarter of the servers to all of them, a server takes at most so many times as long. */
const mostGrowth = 1.3;

/** A sentence for each limit that is broken. */
export function brokenLimits(results) {
  return [...slowerThanAllowed(results), ...moreLogIns(results), ...growing(results)];
}

function slowerThanAllowed(results) {
  return ratios.flatMap(({ ours = "pulumi-whm", operation, tool, theirs = operation, most }) =>
    results
      .filter((each) => each.tool === tool && each.operation === theirs && each.servers >= comparedFrom)
      .flatMap((other) => {
        const measured = find(results, { ...other, operation, tool: ours });
        const ratio = measured ? measured.seconds / other.seconds : 0;
        if (ratio <= most) return [];
        return `${ours} ${operation}, ${other.servers} servers: ${ratio.toFixed(2)} x ${tool}, more than ${most} x`;
      }),
  );
}

/** One log-in a server where servers are touched, and none where nothing is to be done. */
function moreLogIns(results) {
  const wanted = {
    apply: (servers) => servers,
    audit: (servers) => servers,
    adopt: (servers) => servers,
    destroy: (servers) => servers,
    noop: () => 0,
  };
  return results.flatMap(({ tool, operation, servers, handshakes }) => {
    if (!own.includes(tool) || !wanted[operation]) return [];
    const most = wanted[operation](servers);
    return handshakes === most
      ? []
      : `${tool} ${operation}, ${servers} servers: ${handshakes} log-ins instead of ${most}`;
  });
}

function growing(results) {
  return results.flatMap((many) => {
    const few = find(results, { ...many, servers: many.servers / 4 });
    if (many.tool !== "pulumi-whm" || many.operation !== "apply" || !few || few.servers < comparedFrom)
      return [];
    const growth = many.seconds / many.servers / (few.seconds / few.servers);
    return growth <= mostGrowth
      ? []
      : `apply, ${many.servers} servers: a server takes ${growth.toFixed(2)} x as long`;
  });
}

function find(results, { tool, operation, servers }) {
  return results.find(
    (each) => each.tool === tool && each.operation === operation && each.servers === servers,
  );
}

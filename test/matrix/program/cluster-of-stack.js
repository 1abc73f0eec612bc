// A DnsCluster whose provider knows more servers than it links: those of the other stack.
const whm = require("pulumi-whm");
const { cluster, plan, reachable } = require("./setup");

const provider = new whm.Provider("whm", { servers: reachable(plan.parts[0].servers) });
cluster("prod", plan.whole, { provider });

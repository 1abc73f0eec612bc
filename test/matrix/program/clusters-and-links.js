// Two clusters, and links one by one beside them.
const { cluster, declarer, plan } = require("./setup");

cluster("east", plan.parts[0]);
cluster("west", plan.parts[1]);
const { declare } = declarer(plan.whole);
[...plan.first, ...plan.last].forEach((entry) => declare(entry));

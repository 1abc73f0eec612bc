// Two clusters that share servers; the fault is in the second, or only in both together.
const { cluster, plan } = require("./setup");

cluster("east", plan.parts[0]);
cluster("west", plan.parts[1]);

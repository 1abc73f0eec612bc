// A DnsCluster.
const { cluster, plan } = require("./setup");

cluster("prod", plan.whole);

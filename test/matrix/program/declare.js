// A helper module: the one provider.
const { declarer, plan } = require("./setup");

exports.declare = declarer(plan.whole).declare;

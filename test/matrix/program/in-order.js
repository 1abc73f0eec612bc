// The four resources one by one; what breaks the rule comes last.
const { declarer, plan } = require("./setup");

const { declare } = declarer(plan.whole);
[...plan.first, ...plan.last].forEach((entry) => declare(entry));

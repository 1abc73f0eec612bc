// What breaks the rule is declared in the apply of an output that waits for nothing of this package.
const { declarer, plan } = require("./setup");

const { declare, provider } = declarer(plan.whole);
plan.first.forEach((entry) => declare(entry));
provider.id.apply(() => plan.last.forEach((entry) => declare(entry)));

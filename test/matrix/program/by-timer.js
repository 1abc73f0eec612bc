// What breaks the rule is declared by a timer.
const { declarer, plan } = require("./setup");

const { declare } = declarer(plan.whole);
plan.first.forEach((entry) => declare(entry));
setTimeout(() => plan.last.forEach((entry) => declare(entry)), 700);

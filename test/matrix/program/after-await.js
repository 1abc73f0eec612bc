// What breaks the rule is declared after an await.
const { declarer, plan } = require("./setup");

const { declare } = declarer(plan.whole);
plan.first.forEach((entry) => declare(entry));

async function declareLast() {
  await new Promise((resolve) => setTimeout(resolve, plan.pause ?? 700));
  plan.last.forEach((entry) => declare(entry));
}

exports.done = declareLast();

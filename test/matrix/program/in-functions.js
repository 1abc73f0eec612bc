// Functions that make parts of the cluster and call each other.
const { declarer, plan } = require("./setup");

const { declare } = declarer(plan.whole);

function makeAll(entries) {
  const [entry, ...others] = entries;
  if (!entry) return [];
  return [make(entry), ...makeAll(others)];
}

function make(entry) {
  return declare(entry);
}

makeAll(plan.first);
makeAll(plan.last);

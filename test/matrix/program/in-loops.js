// Loops over the servers, and over what each of them stores.
const { declarer, plan } = require("./setup");

const { declare } = declarer(plan.whole);
for (const kind of ["link", "trust", "address"]) {
  const entries = [...plan.first, ...plan.last].filter((entry) => entry.kind === kind);
  for (const server of new Set(entries.map(({ holder }) => holder))) {
    for (const entry of entries.filter(({ holder }) => holder === server)) declare(entry);
  }
}

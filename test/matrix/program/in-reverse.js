// The four resources one by one, last to first: every token is declared after the link that stores it.
const { secret } = require("@pulumi/pulumi/output");
const { declarer, plan } = require("./setup");

const { declare, tokenFor } = declarer(plan.whole);
const entries = [...plan.first, ...plan.last].reverse();
const deliveries = entries.map((entry) => {
  let deliver;
  const promised = secret(new Promise((resolve) => (deliver = resolve)));
  const needsToken = entry.kind !== "address" && entry.token !== null;
  declare(needsToken ? { ...entry, given: promised } : entry);
  return () => deliver(needsToken ? tokenFor(entry) : undefined);
});
deliveries.forEach((deliver) => deliver());

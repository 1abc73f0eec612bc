// One component a server; the provider is given to the component.
const { ComponentResource } = require("@pulumi/pulumi/resource");
const { declarer, plan } = require("./setup");

const { declare, provider } = declarer(plan.whole);

class Holder extends ComponentResource {
  constructor(name, entries, opts) {
    super("test:index:Holder", name, {}, opts);
    entries.forEach((entry) => declare(entry, { parent: this }));
    this.registerOutputs({});
  }
}

const entries = [...plan.first, ...plan.last];
for (const server of new Set(entries.map(({ holder }) => holder))) {
  new Holder(
    server,
    entries.filter(({ holder }) => holder === server),
    { provider },
  );
}

// A helper module: what breaks the rule.
const { plan } = require("./setup");
const { declare } = require("./declare");

exports.made = plan.last.map((entry) => declare(entry));

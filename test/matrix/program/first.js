// A helper module: everything but what breaks the rule.
const { plan } = require("./setup");
const { declare } = require("./declare");

exports.made = plan.first.map((entry) => declare(entry));

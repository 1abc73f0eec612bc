// What `pulumi preview --policy-pack node_modules/pulumi-whm/policy-pack` starts.
const { dirname } = require("node:path");

// The SDK reads the pack's version from the package.json of the working directory: it is this package's own.
process.chdir(dirname(__dirname));
require("../dist/policy").startPolicyPack();

// What `pulumi preview --policy-pack node_modules/pulumi-whm/policy-pack` starts.
const { dirname } = require("node:path");

// The SDK reads the pack's version from the package.json of the working directory: it is this package's own.
process.chdir(dirname(__dirname));
policy().startPolicyPack();

function policy() {
  try {
    return require("../dist/policy");
  } catch (error) {
    if (error.code !== "MODULE_NOT_FOUND" || !error.message.includes("'@pulumi/policy'")) throw error;
    console.error(
      "The policy pack of pulumi-whm needs @pulumi/policy. Install it beside pulumi-whm: npm install @pulumi/policy",
    );
    process.exit(1);
  }
}

// Run as a process of its own, so that a download that hangs can be ended: node install-official.mjs VERSION FOLDER
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { PulumiCommand } = require("@pulumi/pulumi/automation");
// The SDK's own copy of semver: its version class is part of the signature of `install`.
const { SemVer } = createRequire(require.resolve("@pulumi/pulumi"))("semver");

const [version, folder] = process.argv.slice(2);
await PulumiCommand.install({ version: new SemVer(version), root: folder });

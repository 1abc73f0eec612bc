import { findOtherSshds } from "../setup/openssh/find-other-sshds.mjs";
import { findSshd } from "../setup/openssh/find-sshd.mjs";
import { bedCompanions } from "./bed-companions.mjs";
import { jestSuite } from "./jest-suite.mjs";
import { bedEnvironment, inOwnWorld, whyNoOwnWorld } from "./own-world.mjs";
import { triesEverything } from "./samples.mjs";
import { sum, tally } from "./tally.mjs";

/** The tests against OpenSSH's server, in namespaces of their own; one skipped test where that is not possible. */
export async function opensshSuite(options) {
  const reason = await whyNoOwnWorld();
  if (reason) return skip(reason);
  const found = await findSshd();
  if (!found) return skip("OpenSSH's server is neither installed nor to be had as a Debian package");
  const others = await findOtherSshds();
  const { PATH: path, ...programs } = bedEnvironment(found, options.path);
  const env = { ...programs, ...(await bedCompanions()), BED_OTHER_SSHDS: JSON.stringify(others) };
  const run = (release, more) => runAgainst(release, { ...options, path, within: inOwnWorld, env, ...more });
  if (!triesEverything()) return run(drawn(["", ...others.map(({ release }) => release)]));
  const tallies = [await run("")];
  for (const { release } of others) tallies.push(await run(release, { patterns: connectionsOf(options) }));
  return sum(tallies);
}

const connections = "test/openssh/connections";

/**
 * Runs the tests, those of connections against the OpenSSH of a release of Debian.
 *
 * @param {string} release empty for the one of this machine
 */
function runAgainst(release, { env, ...options }) {
  if (release) console.log(`Tests in ${connections} run against OpenSSH of Debian ${release}`);
  return jestSuite("openssh", { ...options, env: { ...env, BED_DRAWN_RELEASE: release } });
}

function connectionsOf({ patterns }) {
  return patterns.length > 0 ? patterns : [connections];
}

/** One of them by the seed of the run, which script/test.mjs has set. */
function drawn(releases) {
  return releases[Number(process.env.PULUMI_WHM_TEST_SEED) % releases.length];
}

function skip(reason) {
  console.log(`SKIP the tests against OpenSSH's server: ${reason}`);
  return tally(0, 0, 1);
}

import { findNamed } from "../setup/named/find-named.mjs";
import { findSshd } from "../setup/openssh/find-sshd.mjs";
import { findSudo } from "../setup/openssh/find-sudo.mjs";
import { jestSuite } from "./jest-suite.mjs";
import { bedEnvironment, inOwnWorld, whyNoOwnWorld } from "./own-world.mjs";
import { tally } from "./tally.mjs";

/** The tests against OpenSSH's server, in namespaces of their own; one skipped test where that is not possible. */
export async function opensshSuite(options) {
  const reason = await whyNoOwnWorld();
  if (reason) return skip(reason);
  const found = await findSshd();
  if (!found) return skip("OpenSSH's server is neither installed nor to be had as a Debian package");
  const { PATH: path, ...env } = bedEnvironment(found, options.path);
  const [named, sudo] = [await findNamed(), await findSudo()];
  const withNamed = named ? { ...env, BED_NAMED: named.named, BED_NAMED_LIBRARIES: named.libraries } : env;
  return jestSuite("openssh", {
    ...options,
    path,
    within: inOwnWorld,
    env: { ...withNamed, BED_SUDO: sudo ?? "" },
  });
}

function skip(reason) {
  console.log(`SKIP the tests against OpenSSH's server: ${reason}`);
  return tally(0, 0, 1);
}

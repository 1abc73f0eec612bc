import { findNamed } from "../setup/named/find-named.mjs";
import { findDropbear } from "../setup/openssh/find-dropbear.mjs";
import { findShells } from "../setup/openssh/find-shells.mjs";
import { findSudo } from "../setup/openssh/find-sudo.mjs";

/**
 * What the tests against OpenSSH's server use beside it, as they find it in their environment. Where a program is not to be
 * had, its tests are skipped.
 */
export async function bedCompanions() {
  const [named, sudo] = [await findNamed(), await findSudo()];
  const [shells, dropbear] = [await findShells(), await findDropbear()];
  return {
    ...(named && { BED_NAMED: named.named, BED_NAMED_LIBRARIES: named.libraries }),
    ...(sudo && { BED_SUDO: sudo }),
    ...(shells && { BED_SHELLS: shells.folder, BED_SHELL_LIBRARIES: shells.libraries }),
    ...(dropbear && { BED_DROPBEAR: dropbear.dropbear, BED_DROPBEAR_LIBRARIES: dropbear.libraries }),
  };
}

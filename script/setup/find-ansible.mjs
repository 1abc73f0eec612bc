import { findPythonProgram } from "./python-program.mjs";

/**
 * Ansible, in the version that is compared.
 *
 * @returns {Promise<string | undefined>} `ansible-playbook`; nothing where it is not to be had
 */
export function findAnsible() {
  return findPythonProgram({
    name: "ansible",
    title: "Ansible",
    version: "2.19.14",
    package: "ansible-core",
    program: "ansible-playbook",
  });
}

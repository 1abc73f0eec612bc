import { existsSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "../run-program.mjs";
import * as shell from "../shell.mjs";
import { writeSshFiles } from "../site.mjs";

/**
 * Terraform's `terraform_data` with `remote-exec`. It cannot read what a command prints, so that the members hold a
 * value that is given to it instead of the peer's token.
 */
export const terraform = {
  name: "terraform",

  async prepare(site, folder, { program }) {
    writeSshFiles(site, folder);
    const write = (changed) =>
      writeFileSync(join(folder, "main.tf.json"), JSON.stringify(configuration(site, changed)));
    const run = (...words) => runProgram({ folder, command: [program, ...words, "-no-color"] });
    write();
    await run("init");
    const apply = () => run("apply", "-auto-approve", "-parallelism=10");
    return {
      apply,
      noop: () => run("plan", "-detailed-exitcode"),
      change(server) {
        write(server);
        return apply();
      },
      destroy: () => run("destroy", "-auto-approve", "-parallelism=10"),
      stateBytes: () => {
        const file = join(folder, "terraform.tfstate");
        return existsSync(file) ? statSync(file).size : 0;
      },
    };
  },
};

/** What is given to each member in place of a token. */
const givenSecret = "GIVENBYHAND";

function configuration(site, changed) {
  const resources = site.servers.flatMap((server) => {
    const role = server.name === changed ? "write-only" : server.role;
    return Object.entries({
      token: [`${shell.makeToken} >/dev/null`, shell.revokeToken],
      member: [shell.writeMember(server, givenSecret), shell.removeMember(server)],
      role: [shell.writeRole({ ...server, role }), shell.removeRole(server)],
      address: [shell.addAddress(server), shell.removeAddress(server)],
    }).map(([step, [create, destroy]]) => [`${server.name}-${step}`, resource(server, create, destroy)]);
  });
  return { resource: { terraform_data: Object.fromEntries(resources) } };
}

/** What removes may refer to nothing but the resource itself, so that it holds everything it needs. */
function resource({ connection }, create, destroy) {
  return {
    input: { destroy: escaped(destroy) },
    triggers_replace: escaped(create),
    connection: {
      type: "ssh",
      host: connection.host,
      port: connection.port,
      user: connection.user,
      private_key: '${file("key")}',
      host_key: connection.hostKey,
    },
    provisioner: [
      { "remote-exec": { inline: [escaped(create)] } },
      { "remote-exec": { when: "destroy", inline: ["${self.input.destroy}"] } },
    ],
  };
}

/** In a JSON configuration every text is a template. */
function escaped(text) {
  return text.replaceAll("${", "$${").replaceAll("%{", "%%{");
}

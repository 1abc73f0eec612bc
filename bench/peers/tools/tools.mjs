import { ansible } from "./ansible.mjs";
import { engine } from "./engine.mjs";
import { floor } from "./floor.mjs";
import { pulumiWhm } from "./pulumi-whm.mjs";
import { remoteCommand } from "./remote-command.mjs";
import { terraform } from "./terraform.mjs";
import { whmDns } from "./whm-dns.mjs";

/** Everything that is compared, by its name. */
export const tools = Object.fromEntries(
  [pulumiWhm, whmDns, remoteCommand, terraform, ansible, floor, engine].map((tool) => [tool.name, tool]),
);

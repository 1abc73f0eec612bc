import { createRequire } from "node:module";
import { Argument, type Command } from "commander";
import { roles } from "../../schema/role";
import { nearestWord } from "../../schema/suggestion";
import type { ExitCode } from "../exit-codes";
import { examples } from "../examples";
import { printable } from "../streams";
import type { Surroundings } from "../surroundings";
import type { SimulateOptions } from "./simulate";
import type { Change } from "./simulate-change";

type Finish = (code: ExitCode) => void;

/** Adds `whm-dns simulate` and `whm-dns simulate change`. */
export function addSimulate(program: Command, surroundings: Surroundings, finish: Finish): void {
  const { streams, untilStopped } = surroundings;
  const command = program
    .command("simulate")
    .summary("start simulated servers")
    .description(
      "Start simulated servers on loopback and stay until Ctrl-C. Without a topology: web1, ns1 and ns2.",
    )
    .option("--topology <file>", "start one server for each in this topology file; - is standard input")
    .option("--out <file>", "write the value for whm:servers there, with mode 0600; it replaces the file")
    .addHelpText(
      "after",
      examples("simulate --out servers.json", "simulate --topology cluster.yaml --out servers.yaml"),
    )
    .allowExcessArguments()
    .action(async (options: SimulateOptions, self: Command) => {
      refuseWords(self);
      finish(await simulation().simulate(options, streams, untilStopped()));
    });
  addChange(command, surroundings, finish);
}

/** Refuses words after a command that takes none: they were meant to be one of the commands below it. */
function refuseWords(command: Command): void {
  const [word] = command.args;
  if (word === undefined) return;
  const nearest = nearestWord(
    word,
    command.commands.map((each) => each.name()),
  );
  const hint = nearest === undefined ? "" : `\n(Did you mean ${nearest}?)`;
  command.error(`error: unknown command '${printable(word)}'${hint}`);
}

function addChange(simulate: Command, surroundings: Surroundings, finish: Finish): void {
  const change = simulate
    .command("change")
    .summary("change a running simulated server, as somebody would by hand")
    .description(
      "Change a running simulated server, as somebody would by hand in WHM, to try what a refresh finds. No real server can be changed in this way.",
    );
  const connections: [string, string, string] = [
    "--connections <file>",
    "file that `simulate --out` has written",
    "servers.yaml",
  ];
  const run = async (what: Change, options: { connections: string }): Promise<void> =>
    finish(await changes().simulateChange(what, options.connections, surroundings));
  change
    .command("role")
    .summary("give a member another role")
    .description("Give a member another role.")
    .argument("<server>", "server that stores the member")
    .argument("<member>", "name or address of the member")
    .addArgument(new Argument("<role>", "new role").choices(roles))
    .option(...connections)
    .addHelpText("after", examples("simulate change role web1 ns1 standalone"))
    .action((server: string, other: string, role: string, options: { connections: string }) =>
      run({ what: "role", server, other, role }, options),
    );
  change
    .command("untrust")
    .summary("delete a trusted address")
    .description("Delete an address from /etc/ips.remotedns.")
    .argument("<server>", "server whose file it is")
    .argument("<trusted>", "name or address of the trusted server")
    .option(...connections)
    .addHelpText("after", examples("simulate change untrust web1 ns1"))
    .action((server: string, other: string, options: { connections: string }) =>
      run({ what: "untrust", server, other }, options),
    );
}

const load = createRequire(__filename);

/** Loads the simulator on use: it is larger than all other commands together. */
function simulation(): typeof import("./simulate") {
  return load("./simulate") as typeof import("./simulate");
}

/** Loads the clients for SSH and HTTPS on use. */
function changes(): typeof import("./simulate-change") {
  return load("./simulate-change") as typeof import("./simulate-change");
}

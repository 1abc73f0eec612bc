import { createRequire } from "node:module";
import { Option, type Command } from "commander";
import type { AuditOptions } from "../audit/audit";
import type { ExitCode } from "../exit-codes";
import { examples } from "../examples";
import { addLookOptions } from "../look/look-options";
import type { Surroundings } from "../surroundings";

/** Adds `whm-dns audit`. */
export function addAudit(
  program: Command,
  surroundings: Surroundings,
  finish: (code: ExitCode) => void,
): void {
  const command = program
    .command("audit")
    .summary("compare what is declared with what stands on the servers")
    .description(
      "Compare what is declared with what stands on the servers, on both sides of every link. Writes nothing. " +
        "Exit code 0: clean, 1: something differs, 2: malformed, 3: a server can't be read.",
    )
    .argument("[topology]", "YAML or JSON; - is standard input; without it --stack says what is declared");
  addLookOptions(command)
    .addOption(
      new Option("--markdown", "write a page for an issue or a pull request").conflicts(["json", "junit"]),
    )
    .addOption(new Option("--junit", "write JUnit XML for a CI system").conflicts("json"))
    .addHelpText(
      "after",
      examples(
        "audit cluster.yaml --connections connections.yaml",
        "audit --stack production",
        "audit cluster.yaml --stack production --junit > audit.xml",
      ),
    )
    .action(async (topology: string | undefined, options: AuditOptions) => {
      const { audit } = implementation();
      finish(await audit(topology, options, surroundings));
    });
}

const load = createRequire(__filename);

/** Loads what looks at servers, with clients for SSH and HTTPS: other commands need not wait for it. */
function implementation(): typeof import("../audit/audit") {
  return load("../audit/audit") as typeof import("../audit/audit");
}

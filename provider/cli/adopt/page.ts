import { inWords, renderMarkdown, type Finding } from "../../topology";
import type { Adoption } from "./adoption";
import type { ClusterProgram } from "./cluster-program";
import { leftText } from "./left-lines";

/** What the page tells. */
export interface PageSource extends Adoption {
  /** Whether every server was read. Only then is the cluster brought in. */
  readonly isWhole: boolean;
}

/** Writes the page that says what was found, what is left alone, and what comes next. */
export function adoptionPage(source: PageSource): string {
  const { date, found, survey, target, options, isWhole } = source;
  return [
    "# Adopted cluster",
    `Read on ${date} from ${[...survey.servers.keys()].join(", ")}. Nothing was changed on any server.`,
    ...section(
      "Not read",
      [...survey.unreadable.values()].map(({ message }) => message),
    ),
    ...source.clusters.map(clusterText),
    ...section("To mend", found.findings.map(findingText)),
    ...section("Left alone", found.leftAlone.map(leftText)),
    "## What comes next",
    ...(isWhole ? nextSteps(target?.given) : [notWholeText]),
    claimText,
    options.owned ? ownedText : keptText,
    "",
  ].join("\n\n");
}

function clusterText({ name, found: { topology } }: ClusterProgram): string {
  // The page has one heading of its own above.
  return renderMarkdown(topology, { name }).trim();
}

function section(title: string, lines: readonly string[]): string[] {
  // Much of it is text from servers.
  return lines.length === 0 ? [] : [`## ${title}`, lines.map((line) => `- ${inWords(line)}`).join("\n")];
}

function findingText({ severity, message, fix, rule }: Finding): string {
  return `${severity}: ${message} ${fix} (${rule})`;
}

function nextSteps(stack: string | undefined): string[] {
  return stack === undefined ? bringInText : broughtInText(stack);
}

const bringInText = [
  "Bring the cluster into a stack. `servers.json` says how to reach the servers and is readable by you alone; the command stores it in the stack's configuration, encrypted, and removes it.",
  shell(
    "npm install",
    "npx whm-dns adopt --connections servers.json --out . --stack dev",
    "pulumi preview --expect-no-changes",
  ),
];

function broughtInText(stack: string): string[] {
  return [
    `The stack ${stack} has the cluster. The first \`pulumi up\` changes nothing:`,
    shell(
      "npm install",
      `pulumi preview --stack ${stack} --expect-no-changes`,
      `pulumi preview --stack ${stack} --refresh --expect-no-changes`,
    ),
  ];
}

function shell(...lines: readonly string[]): string {
  return ["```sh", ...lines, "```"].join("\n");
}

const notWholeText =
  "Nothing was brought into a stack, because a server could not be read. Mend its connection and run the command again.";

const claimText =
  "Then let other stacks see whose the cluster is: `npx whm-dns adopt --claim --out . --stack NAME` shows and writes one small file for each entry " +
  "into the register on the servers, `/var/cpanel/.pulumi-whm`. This is the only thing that adoption ever writes there.";

const keptText =
  "`pulumi destroy` leaves what was there before: entries, tokens and trusted addresses stay on the servers, and the messages name them. " +
  "What the stack changes later is its own. To remove an adopted link for good, first set its role to `standalone`, run `pulumi up`, then remove it from the program. " +
  "With `--owned`, destroy removes everything.";

const ownedText =
  "The stack owns the cluster (`--owned`): `pulumi destroy` removes its links, trusts and tokens from the servers, and the trusted addresses that it has claimed.";

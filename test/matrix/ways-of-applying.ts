import type { CommandResult } from "../helpers/run-command";
import type { Operation } from "../helpers/run-inline";
import type { PulumiProject } from "../helpers/pulumi";
import { automationUp } from "./automation";
import type { MatrixRule } from "./topologies";

/** One way to apply a program. */
export interface WayOfApplying {
  title: string;
  run(project: PulumiProject): Promise<CommandResult>;
  /** The same for an inline program; absent where there is none. */
  inline?: Operation;
  /** Whether how to reach the servers is unknown at preview. */
  unknownConnections?: boolean;
  /** Whether it asks no server, so that it cannot know what only servers show. */
  offline?: boolean;
  /** Whether it leaves the gate out, which alone asks the servers. */
  withoutGate?: boolean;
  /** Rules that it is tried with. @default all of the matrix */
  rules?: readonly MatrixRule[];
}

// A pattern: the types of parents are part of a URN, and so is the name of a cluster part of a member's.
const member = "**DnsClusterMember::**";
const token = "**ApiToken::**";
const skip = ["--skip-preview"];

/** Every way of applying that starts from nothing. */
export const waysOfApplying: WayOfApplying[] = [
  {
    title: "preview",
    run: (project) => project.preview(),
    inline: { name: "preview" },
    offline: true,
  },
  { title: "up --skip-preview", run: (project) => project.up(...skip) },
  {
    title: "--target member",
    run: (project) => project.up(...skip, "--target", member),
    inline: { name: "up", options: { target: [member] } },
    withoutGate: true,
  },
  {
    title: "--target token, dependents",
    run: (project) => project.up(...skip, "--target", token, "--target-dependents"),
    rules: ["sync-back"],
  },
  {
    title: "--exclude members",
    run: (project) => project.up(...skip, "--exclude", member),
    rules: ["sync-back"],
  },
  {
    title: "Automation API up, continuing on errors",
    run: (project) => automationUp(project, { continueOnError: true }),
    inline: { name: "up", options: { continueOnError: true } },
  },
  {
    title: "up, connections unknown",
    run: (project) => project.up(),
    unknownConnections: true,
  },
];

/** Applied over a stack that is up already. */
export const overAccepted: WayOfApplying = {
  title: "up over an accepted stack",
  run: (project) => project.up(...skip),
  inline: { name: "up" },
};

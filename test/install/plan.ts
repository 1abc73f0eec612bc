// What the package is installed with and run by: not every combination, but every pair of choices.

/** What a program and its folder have in common with other programs or differ in. */
export interface Choices {
  readonly manager: "npm" | "pnpm";
  /** Version of @pulumi/pulumi. */
  readonly sdk: "3.216.0" | "3.276.0";
  /** Major version of Node. */
  readonly node: 20 | 22 | 24;
  readonly modules: "CommonJS" | "ES modules";
  /** Whether the engine gets JavaScript or runs TypeScript through ts-node. */
  readonly source: "compiled" | "ts-node";
}

/** A program, and what is tried with it beside its life from `up` to `destroy`. */
export interface Program extends Pick<Choices, "node" | "modules" | "source"> {
  readonly also?: "drift" | "rejected topology" | "policy pack" | "simulator of the installed package";
}

/** A folder into which the package is installed once, for its programs in turn. */
export interface Installation extends Pick<Choices, "manager" | "sdk"> {
  /** Major version of pnpm; npm is the one that is there. */
  readonly pnpm?: 10 | 12;
  readonly programs: readonly Program[];
}

/**
 * The oldest version of the SDK that the package works with, and the newest when this was written. Older ones drop the live inputs
 * that `read` returns: a refresh accepts what was changed by hand instead of reporting it.
 */
export const installations: readonly Installation[] = [
  {
    manager: "npm",
    sdk: "3.216.0",
    programs: [
      { node: 20, modules: "CommonJS", source: "compiled", also: "drift" },
      { node: 24, modules: "ES modules", source: "ts-node", also: "rejected topology" },
    ],
  },
  {
    manager: "npm",
    sdk: "3.276.0",
    programs: [
      { node: 22, modules: "CommonJS", source: "ts-node", also: "policy pack" },
      { node: 24, modules: "ES modules", source: "compiled", also: "simulator of the installed package" },
    ],
  },
  {
    manager: "pnpm",
    pnpm: 10,
    sdk: "3.216.0",
    programs: [
      { node: 20, modules: "ES modules", source: "ts-node" },
      { node: 22, modules: "ES modules", source: "compiled" },
    ],
  },
  {
    manager: "pnpm",
    pnpm: 12,
    sdk: "3.276.0",
    programs: [{ node: 24, modules: "CommonJS", source: "ts-node", also: "policy pack" }],
  },
];

/** The newer SDK wants Node 22. */
export const impossible: Partial<Choices> = { sdk: "3.276.0", node: 20 };

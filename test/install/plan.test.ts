import { readFileSync } from "node:fs";
import { join } from "node:path";
import { impossible, installations, type Choices } from "./plan";

const programs: Choices[] = installations.flatMap(({ manager, sdk, programs }) =>
  programs.map(({ node, modules, source }) => ({ manager, sdk, node, modules, source })),
);

const names = Object.keys(programs[0]!) as (keyof Choices)[];
const pairs = names.flatMap((one, at) => names.slice(at + 1).map((other) => [one, other] as const));

describe("the plan of installations", () => {
  test.each(pairs)("[U] combines every choice of %s with every choice of %s", (one, other) => {
    const wanted = choicesOf(one).flatMap((first) =>
      choicesOf(other).map((second): Partial<Choices> => ({ [one]: first, [other]: second })),
    );
    const possible = wanted.filter((pair) => !isPartOf(impossible, pair));
    expect(possible.filter((pair) => !programs.some((program) => isPartOf(pair, program)))).toEqual([]);
  });
});

test("[U] docs/installation.md lists exactly the programs of the plan", () => {
  const page = readFileSync(join(__dirname, "../../docs/installation.md"), "utf8");
  const rows = page.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  const listed = rows.filter(([, manager]) => /^p?npm( \d+)?$/.test(manager ?? ""));
  const planned = installations.flatMap(({ manager, pnpm, sdk, programs }) =>
    programs.map(({ node, modules, source }) => {
      const name = pnpm === undefined ? manager : `${manager} ${pnpm}`;
      return ["", name, sdk, String(node), modules, source, ""];
    }),
  );
  expect(listed).toEqual(planned);
});

function choicesOf(name: keyof Choices): Choices[keyof Choices][] {
  return [...new Set(programs.map((program) => program[name]))];
}

function isPartOf(part: Partial<Choices>, whole: Partial<Choices>): boolean {
  return (Object.keys(part) as (keyof Choices)[]).every((name) => part[name] === whole[name]);
}

/** With PULUMI_WHM_TEST_ALL=1 nothing is left out where a test otherwise looks at a sample. */
const isEverything = process.env["PULUMI_WHM_TEST_ALL"] === "1";

/** Another sample at each run; PULUMI_WHM_TEST_SEED=N repeats one. */
const seed = Number(process.env["PULUMI_WHM_TEST_SEED"] ?? Math.floor(Math.random() * 1e6));

/** Some of the steps 1 to `last`, in order, or all of them; what was chosen is printed with its seed. */
export function sampledSteps(title: string, last: number, many: number): number[] {
  const steps = Array.from({ length: last }, (_, at) => at + 1);
  const chosen = isEverything ? steps : firstOf(shuffled(steps), many);
  process.stdout.write(
    `${title}: steps ${chosen.join(", ")} of ${last}; PULUMI_WHM_TEST_SEED=${seed} repeats them\n`,
  );
  return chosen;
}

function firstOf(steps: readonly number[], many: number): number[] {
  return steps.slice(0, many).sort((one, other) => one - other);
}

function shuffled(steps: readonly number[]): number[] {
  let state = seed;
  const drawn = steps.map((step) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return { step, at: state };
  });
  return drawn.sort((one, other) => one.at - other.at).map(({ step }) => step);
}

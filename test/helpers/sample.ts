/** With PULUMI_WHM_TEST_ALL=1 nothing is left out where a test otherwise looks at a sample. */
const isEverything = process.env["PULUMI_WHM_TEST_ALL"] === "1";

/** Another sample at each run; PULUMI_WHM_TEST_SEED=N repeats one. */
const seed = Number(process.env["PULUMI_WHM_TEST_SEED"] ?? Math.floor(Math.random() * 1e6));

/** How a sample is had once more, for the output of a test. */
export const sampleInWords = isEverything ? "everything" : `PULUMI_WHM_TEST_SEED=${seed} repeats it`;

/** Some of the items in their order, or all of them. */
export function sampleOf<Item>(items: readonly Item[], many: number): Item[] {
  if (isEverything) return [...items];
  let state = seed;
  const drawn = items.map((item, place) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return { item, place, at: state };
  });
  const chosen = drawn.sort((one, other) => one.at - other.at).slice(0, many);
  return chosen.sort((one, other) => one.place - other.place).map(({ item }) => item);
}

import { appendFileSync } from "node:fs";

/** With PULUMI_WHM_TEST_ALL=1 nothing is left out where a test otherwise looks at a sample. */
const isEverything = process.env["PULUMI_WHM_TEST_ALL"] === "1";

/** Another sample at each run; PULUMI_WHM_TEST_SEED=N repeats one. */
const seed = Number(process.env["PULUMI_WHM_TEST_SEED"] ?? Math.floor(Math.random() * 1e6));

/** How a sample is had once more, for the output of a test. */
export const sampleInWords = isEverything ? "everything" : `PULUMI_WHM_TEST_SEED=${seed} repeats it`;

/** How many samples the file has drawn: two of them would else be alike. */
let drawn = 0;

/** Numbers from 0 to 1 that look drawn at random, the same ones for the same seed and file. */
function newNumbers(): () => number {
  let state = Math.imul(seed + (drawn += 1), 2_654_435_761);
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Where samples are noted for the closing lines of the test run. */
const noted = process.env["PULUMI_WHM_TEST_SAMPLES"];

/** Notes how many of how many cases a sample has. */
export function noteSample(chosen: number, of: number): void {
  if (noted !== undefined) appendFileSync(noted, `${chosen} ${of}\n`);
}

/** Some of the items in their order, or all of them. */
export function sampleOf<Item>(items: readonly Item[], many: number): Item[] {
  noteSample(isEverything ? items.length : Math.min(many, items.length), items.length);
  if (isEverything) return [...items];
  const next = newNumbers();
  const marked = items.map((item, place) => ({ item, place, at: next() }));
  const chosen = marked.sort((one, other) => one.at - other.at).slice(0, many);
  return chosen.sort((one, other) => one.place - other.place).map(({ item }) => item);
}

/** Says of one item after another whether it belongs to a sample of one in so many; of all of them with everything. */
export function oneIn(many: number): () => boolean {
  const next = newNumbers();
  return () => isEverything || next() < 1 / many;
}

/** A test as a file defines it: its title and what it does. */
type Define = (title: string, work: () => Promise<void>) => void;

/**
 * Tests of one kind, of which a run tries some. What they guard is tried below the engine too, or by its neighbours: a
 * fault that is seen by one of them alone has to wait for its turn.
 */
export function drawnTests(many: number, define: (test: Define) => void): void {
  const all: Parameters<Define>[] = [];
  define((...each) => all.push(each));
  for (const [title, work] of sampleOf(all, many)) test(title, work);
}

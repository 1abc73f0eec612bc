import { Semaphore } from "async-mutex";

/** Does some work for each item, for so many at the same time, and returns the results in the order of the items. */
export function someAtOnce<Item, Result>(
  items: readonly Item[],
  many: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const turns = new Semaphore(many);
  return Promise.all(items.map((item) => turns.runExclusive(() => work(item))));
}

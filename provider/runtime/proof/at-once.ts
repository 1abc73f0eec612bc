/** Does some work for each item, for so many at the same time, and returns the results in the order of the items. */
export async function atOnce<Item, Result>(
  items: readonly Item[],
  many: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  const rest = items.entries();
  const workers = Array.from({ length: Math.min(many, items.length) }, async () => {
    // All workers take from the same iterator.
    for (const [index, item] of rest) results[index] = await work(item);
  });
  await Promise.all(workers);
  return results;
}

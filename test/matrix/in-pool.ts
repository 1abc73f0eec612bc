/** Does some work for each item, a few at a time; the results come in the order of the items. */
export function inPool<Item, Result>(
  size: number,
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  return inPoolOf(Array.from({ length: size }).keys(), items, (_place, item) => work(item));
}

/** The same in some places, of which each does one piece of work at a time. */
export async function inPoolOf<Place, Item, Result>(
  places: Iterable<Place>,
  items: readonly Item[],
  work: (place: Place, item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  const worker = async (place: Place): Promise<void> => {
    for (const [index, item] of waiting) results[index] = await work(place, item);
  };
  await Promise.all([...places].map(worker));
  return results;
}

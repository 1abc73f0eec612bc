/** A longer timer would end at once. */
const longestTimer = 2 ** 31 - 1;

/** Waits for work for at most this many seconds, then throws what `late` makes. */
export async function withDeadline<T>(work: Promise<T>, seconds: number, late: () => Error): Promise<T> {
  if (seconds === 0) return work;
  let timer: NodeJS.Timeout | undefined;
  const alarm = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(late()), Math.min(seconds * 1000, longestTimer));
  });
  try {
    return await Promise.race([work, alarm]);
  } finally {
    clearTimeout(timer);
  }
}

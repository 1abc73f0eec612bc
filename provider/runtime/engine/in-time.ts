/**
 * Waits for a server, but not for ever.
 *
 * @param patience milliseconds
 * @throws Error when it has not answered by then
 */
export async function inTime<Result>(name: string, patience: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${name} has not answered in time`)), patience);
  });
  return Promise.race([work, tooLate]).finally(() => clearTimeout(timer));
}

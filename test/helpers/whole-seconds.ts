/** The time in whole seconds, as WHM tells it. */
export const now = (): number => Math.floor(Date.now() / 1000);

/** Expects a time of something that was done since another time, however long it has taken. */
export function expectDuring(since: number, time: number): void {
  expect(time).toBeGreaterThanOrEqual(since);
  expect(time).toBeLessThanOrEqual(now());
}

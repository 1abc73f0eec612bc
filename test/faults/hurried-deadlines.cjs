// Loaded into a provider process before everything else. Its own long deadlines run out ten times as fast, so that a
// test can wait for them; whatever is shorter, and every timer that repeats, keeps its time.
const [shortest, longest] = [10_000, 120_000];
const hurried = (milliseconds) =>
  milliseconds >= shortest && milliseconds <= longest ? milliseconds / 10 : milliseconds;

const { setTimeout: usual } = globalThis;
globalThis.setTimeout = Object.assign(
  (work, milliseconds, ...values) => usual(work, hurried(milliseconds), ...values),
  usual,
);

const { timeout } = AbortSignal;
AbortSignal.timeout = (milliseconds) => timeout.call(AbortSignal, hurried(milliseconds));

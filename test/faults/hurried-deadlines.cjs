// Loaded into a provider process before everything else. While the process is hurried, its own long deadlines run out
// five times as fast, so that a test can wait for them; whatever is shorter, and every timer that repeats, keeps its
// time. hurry.ts says when: a machine at work may need all of a deadline where nothing is silent.
const { existsSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

const [shortest, longest] = [10_000, 120_000];
const mark = join(tmpdir(), `pulumi-whm-hurry-${process.pid}`);
const isLong = (milliseconds) => milliseconds >= shortest && milliseconds <= longest;
const hurried = (milliseconds) =>
  isLong(milliseconds) && existsSync(mark) ? milliseconds / 5 : milliseconds;

const { setTimeout: usual } = globalThis;
globalThis.setTimeout = Object.assign(
  (work, milliseconds, ...values) => usual(work, hurried(milliseconds), ...values),
  usual,
);

const { timeout } = AbortSignal;
AbortSignal.timeout = (milliseconds) => timeout.call(AbortSignal, hurried(milliseconds));

import { existsSync } from "node:fs";

// Some tests need a program, a browser or a system that not every machine has. A suite counts what it skips.

/** `test`, or its skipped kind where what it needs is missing. */
export function testWhere(there: boolean): jest.It {
  return there ? test : test.skip;
}

/** `describe`, or its skipped kind where what it needs is missing. */
export function describeWhere(there: boolean): jest.Describe {
  return there ? describe : describe.skip;
}

/** Tests that look at processes in /proc. */
export const onLinux = testWhere(existsSync("/proc/self"));

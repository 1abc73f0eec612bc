import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";

/** Gives the tests of a file a home folder of their own, with `.ssh` in it. Returns a function that names a place in it. */
export function homeFolder(): (...names: readonly string[]) => string {
  let home = "";
  beforeAll(() => {
    home = mkdtempSync(join(os.tmpdir(), "pulumi-whm-home-"));
    mkdirSync(join(home, ".ssh"));
  });
  afterAll(() => rmSync(home, { recursive: true }));
  beforeEach(() => void jest.spyOn(os, "homedir").mockReturnValue(home));
  afterEach(() => jest.restoreAllMocks());
  return (...names) => join(home, ...names);
}

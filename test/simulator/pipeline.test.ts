import { passThrough, readPipeline } from "../../provider/simulator/exec/pipeline";
import { NotSimpleError } from "../../provider/simulator/words";

const result = { exitCode: 1, stdout: "one\ntwo\nthree\n", stderr: "bad\n" };
const outcome = (line: string) => passThrough(readPipeline(line), result);

describe("pipelines on a simulated server", () => {
  test("[U] without a filter everything stays as the program has left it", () => {
    expect(outcome("program a b")).toEqual(result);
    expect(readPipeline("program 'a b'").program.words).toEqual(["program", "a b"]);
  });

  test("[U] errors go where output goes only when the line says so", () => {
    expect(outcome("program 2>&1")).toEqual({ exitCode: 1, stdout: "one\ntwo\nthree\nbad\n", stderr: "" });
    expect(outcome("program | tail -n 1")).toEqual({ exitCode: 0, stdout: "three\n", stderr: "bad\n" });
  });

  test("[U] a program's failure is lost behind a filter, and kept with pipefail", () => {
    expect(outcome("program | tail -n 9").exitCode).toBe(0);
    expect(outcome("set -o pipefail; program | tail -n 9").exitCode).toBe(1);
  });

  test("[U] sed ends at the first line that matches, whatever its case, with the code it is told", () => {
    const line = "program 2>&1 | sed -E '/TWO|bad/I{s/^/found: /;q7}' | tail -n 1";
    expect(outcome(line)).toEqual({ exitCode: 0, stdout: "found: two\n", stderr: "" });
    expect(outcome(`set -o pipefail; ${line}`).exitCode).toBe(7);
  });

  test.each(["program | grep x", "program | tail x", "program | sed -E 's/a/b/'", "program | toString"])(
    "[U] %j ends in an error: it is not simulated",
    (line) => expect(outcome(line)).toMatchObject({ exitCode: 127, stdout: "" }),
  );

  test.each(["a; b", "set -o pipefail; a; b", "a && b"])("[U] %j is more than one pipeline", (line) =>
    expect(() => readPipeline(line)).toThrow(NotSimpleError),
  );
});

import { readCaptured } from "../../provider/simulator/exec/captured";
import { readPipeline } from "../../provider/simulator/exec/pipeline";
import { NotSimpleError } from "../../provider/simulator/words";

const result = { exitCode: 1, stdout: "one\ntwo\nthree\n", stderr: "bad\n" };
const outcome = (line: string) => readPipeline(line).finish(result);

describe("pipelines on a simulated server", () => {
  test("[U] a pipeline without a filter keeps the program's result", () => {
    expect(outcome("program a b")).toEqual(result);
    expect(readPipeline("program 'a b'").words).toEqual(["program", "a b"]);
  });

  test("[U] a pipeline redirects errors to the output only if the line says so", () => {
    expect(outcome("program 2>&1")).toEqual({ exitCode: 1, stdout: "one\ntwo\nthree\nbad\n", stderr: "" });
    expect(outcome("program | tail -n 1")).toEqual({ exitCode: 0, stdout: "three\n", stderr: "bad\n" });
  });

  test("[U] a pipeline hides a program's failure behind a filter", () => {
    expect(outcome("program | tail -n 9").exitCode).toBe(0);
  });

  test.each(["program | grep x", "program | tail x", "program | sed s/a/b/", "program | toString"])(
    "[U] the pipeline %j fails, because it is not simulated",
    (line) => expect(outcome(line)).toMatchObject({ exitCode: 127, stdout: "" }),
  );

  test.each(["a; b", "set -o pipefail; a", "a && b"])("[U] the line %j is more than one pipeline", (line) =>
    expect(() => readPipeline(line)).toThrow(NotSimpleError),
  );
});

describe("a script that captures a program's output", () => {
  const script = (globs: string, count = 9) =>
    `/bin/sh -c 'said=$(program a 2>&1); code=$?; case $said in ${globs}) echo "Found:"; code=1;; esac; ` +
    `printf "%s\\n" "$said" | tail -n ${count}; exit $code'`;
  const kept = (globs: string, count?: number) => readCaptured(script(globs, count));

  test("[U] runs the program and exits with its status", () => {
    expect(kept("*x*")?.words).toEqual(["program", "a"]);
    const failed = kept("*x*")?.finish({ ...result, exitCode: 7 });
    expect(failed).toEqual({ exitCode: 7, stdout: "one\ntwo\nthree\nbad\n", stderr: "" });
  });

  test("[U] prints only the last lines", () => {
    expect(kept("*x*", 2)?.finish(result).stdout).toBe("three\nbad\n");
  });

  test.each(["*x*|*two*", "*[Tt]wo*", "one*", "*BAD*|*bad"])(
    "[U] finds %s, reports it and fails",
    (globs) => {
      const found = kept(globs)?.finish({ ...result, exitCode: 0 });
      expect(found).toMatchObject({ exitCode: 1, stdout: "Found:\none\ntwo\nthree\nbad\n" });
    },
  );

  test("[U] matches a dot only as a dot, and respects case", () => {
    expect(kept("*t.o*|*TWO*")?.finish({ ...result, exitCode: 0 })).toMatchObject({ exitCode: 0 });
  });

  test("[U] is recognised only if it matches exactly", () => {
    expect(readCaptured("program a")).toBeUndefined();
    expect(readCaptured(script("*x*").replace("code=1", "code=2"))).toBeUndefined();
  });
});

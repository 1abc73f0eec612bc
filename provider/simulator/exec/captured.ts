import { type CommandText, readPipeline } from "./pipeline";

// A script that runs one program, captures its output and examines it. Only exactly this form is recognised.

/** `/bin/sh -c 'said=$(PROGRAM 2>&1); code=$?; case $said in GLOBS) echo "TEXT"; code=1;; esac; printf ... | tail -n NUMBER; exit $code'`. */
const script =
  /^\/bin\/sh -c 'said=\$\((?<program>[^()]+ 2>&1)\); code=\$\?; case \$said in (?<globs>[^ ()]+)\) echo "(?<text>[^"]*)"; code=1;; esac; printf "%s\\n" "\$said" \| tail -n (?<count>\d+); exit \$code'$/;

/** Finds the program in such a script and what the script does with its output; undefined for any other command line. */
export function readCaptured(line: string): CommandText | undefined {
  const { program, globs, text, count } = script.exec(line)?.groups ?? {};
  if (program === undefined) return undefined;
  const { words, finish } = readPipeline(program);
  const patterns = (globs ?? "").split("|").map(fromGlob);
  return {
    words,
    finish: (printed) => {
      const { stdout, exitCode } = finish(printed);
      const said = stdout.replace(/\n+$/, "");
      const isFound = patterns.some((pattern) => pattern.test(said));
      const lines = said.split("\n").slice(-Number(count));
      const told = isFound ? [text, ...lines] : lines;
      return { exitCode: isFound ? 1 : exitCode, stdout: `${told.join("\n")}\n`, stderr: "" };
    },
  };
}

/** Converts a glob with stars and sets of characters. */
function fromGlob(glob: string): RegExp {
  return new RegExp(`^${glob.replaceAll(/[.+?^${}()|\\]/g, "\\$&").replaceAll("*", "[^]*")}$`);
}

import { dirname, join } from "node:path";
import ts from "typescript";
import { markdownPages, root, textOf } from "./helpers/markdown-pages";

// The pages are part of the package: what they show has to compile, and what they list has to be complete.

jest.setTimeout(120_000);

const pages = markdownPages();

describe("the pages", () => {
  test("[U] contain only complete programs that compile", () => {
    expect(problemsOf(programs())).toEqual([]);
  });

  test("[U] are checked with a compiler that notices a program that does not compile", () => {
    const program = {
      name: join(root, "docs", "wrong.ts"),
      text: 'import * as whm from "pulumi-whm";\nwhm.nothing();',
    };
    expect(problemsOf([program])).toEqual([expect.stringContaining("'nothing' does not exist")]);
  });
});

const { options } = ts.convertCompilerOptionsFromJson(
  {
    target: "es2022",
    module: "node16",
    moduleResolution: "node16",
    moduleDetection: "force",
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    esModuleInterop: true,
    types: ["node"],
    paths: {
      "pulumi-whm": [join(root, "provider/index.ts")],
      "pulumi-whm/policy": [join(root, "provider/policy/index.ts")],
      "pulumi-whm/simulator": [join(root, "provider/simulator/index.ts")],
    },
  },
  root,
);

interface Program {
  name: string;
  text: string;
}

/** Blocks that begin with an import are whole programs; others are pieces. */
function programs(): Program[] {
  return pages.flatMap((page) =>
    [...textOf(page).matchAll(/^```ts\n(import [^]*?)^```$/gm)].map(([, text], at) => ({
      name: join(root, dirname(page), `${page.replace(/\W/g, "-")}-${at + 1}.ts`),
      text: text!,
    })),
  );
}

/** Compiles programs that lie in no file. */
function problemsOf(sources: readonly Program[]): string[] {
  const program = ts.createProgram(
    sources.map(({ name }) => name),
    options,
    hostWith(sources),
  );
  return sources
    .map(({ name }) => program.getSourceFile(name))
    .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    .map(
      ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
}

function hostWith(sources: readonly Program[]): ts.CompilerHost {
  const texts = new Map(sources.map(({ name, text }) => [name, text]));
  const host = ts.createCompilerHost(options);
  return {
    ...host,
    fileExists: (name) => texts.has(name) || host.fileExists(name),
    getSourceFile: (name, version) => {
      const text = texts.get(name);
      return text === undefined
        ? host.getSourceFile(name, version)
        : ts.createSourceFile(name, text, version);
    },
  };
}

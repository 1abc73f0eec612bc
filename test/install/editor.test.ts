import { join, resolve } from "node:path";
import ts from "typescript";

// What an editor shows of the compiled package. dist/ is what it reads, as in an installed package.

const repository = resolve(__dirname, "../..");
const file = join(repository, "test", "install", "in-an-editor.ts");

jest.setTimeout(120_000);

const program = `import * as whm from "pulumi-whm";
import { startPolicyPack } from "pulumi-whm/policy";
import { provider } from "pulumi-whm/runtime";
import { startSimulator } from "pulumi-whm/simulator";

const cluster: whm.DnsCluster = new whm.DnsCluster("prod", { servers: {}, links: [], trusts: [] });
const member: whm.DnsClusterMemberArgs = { server: "web1", peer: "ns1", role: "sync", token: "" };
console.log(cluster.shape, member, whm.validateTopology, provider, startPolicyPack, startSimulator);
`;

/** The word that the pointer is on, and a piece of what is shown of it. */
const shown: [at: string, text: string][] = [
  ["DnsCluster =", "A whole DNS cluster in one declaration"],
  ["links:", "which server stores which"],
  ["DnsClusterMemberArgs", "Arguments of `DnsClusterMember`"],
  ["role:", "What `server` does with the member"],
  ["startPolicyPack }", "Serves the policies to the engine"],
  ["provider }", "the lifecycle of a resource type"],
];

const resolutions: Record<string, ts.CompilerOptions> = {
  node16: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
  node10: { module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10 },
};

const documents = ts.createDocumentRegistry();

describe.each(Object.keys(resolutions))("an editor that resolves modules by %s", (name) => {
  const service = serviceWith(resolutions[name]!);

  test("[U] finds the types of every entry point", () => {
    const problems = [...service.getSyntacticDiagnostics(file), ...service.getSemanticDiagnostics(file)];
    expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
  });

  test("[U] shows the comments of classes, functions and arguments", () => {
    const seen = shown.map(([at]) => {
      const { documentation } = service.getQuickInfoAtPosition(file, program.indexOf(at)) ?? {};
      return ts.displayPartsToString(documentation);
    });
    expect(seen).toEqual(shown.map(([, text]) => expect.stringContaining(text) as string));
  });
});

test("[U] the types of every entry point are complete, also those that come from zod", () => {
  const service = serviceWith({ ...resolutions["node16"], skipLibCheck: false });
  const ours = service
    .getProgram()!
    .getSourceFiles()
    .map(({ fileName }) => fileName);
  const declarations = ours.filter((name) => name.startsWith(join(repository, "dist")));
  expect(declarations.length).toBeGreaterThan(100);
  const problems = declarations.flatMap((name) => service.getSemanticDiagnostics(name));
  expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
});

/** A program that lies in no file, beside a package that does. */
function serviceWith(resolution: ts.CompilerOptions): ts.LanguageService {
  const options = {
    target: ts.ScriptTarget.ES2022,
    strict: true,
    skipLibCheck: true,
    types: ["node"],
    ...resolution,
  };
  const host: ts.LanguageServiceHost = {
    ...ts.sys,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getCompilationSettings: () => options,
    getCurrentDirectory: () => repository,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (name) => {
      const text = name === file ? program : ts.sys.readFile(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile: (name) => (name === file ? program : ts.sys.readFile(name)),
  };
  return ts.createLanguageService(host, documents);
}

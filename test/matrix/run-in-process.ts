import * as pulumi from "@pulumi/pulumi";
import * as whm from "../../provider";
import { mockEngine, registrations, type MockedResource } from "../helpers/mocked-engine";
import { problemsOfText } from "./judge-run";
import type { Plan } from "./plan";

/**
 * Runs a program of the matrix in this process, with the engine mocked, and says what is wrong with its rejection: a
 * cluster throws, and everything that is declared one by one carries the whole text of the rejection. Only what is
 * declared late, after the others were judged, is alone in being rejected.
 */
export async function problemsInProcess(
  { program, late }: { program: string; late?: true },
  plan: Plan,
  rules: readonly string[],
): Promise<string[]> {
  const registered = mockEngine({ "whm:servers": "{}" });
  const thrown = await textThrownBy(program, { ...plan, pause: 200 });
  await registrations();
  const carried = registered
    .filter(isJudged)
    .map(({ name, inputs }) => ({ name, text: inputs["rejection"] }));
  const texts = new Set([...thrown, ...carried.map(({ text }) => text)].filter(isText));
  const silent = carried.filter(({ text }) => text === undefined);
  return [
    ...problemsOfText({ code: texts.size > 0 ? 1 : 0, stdout: [...texts].join("\n"), stderr: "" }, rules),
    ...(late ? [] : silent).map(({ name }) => `${name} carries no rejection`),
  ];
}

/** What has to carry the rejection itself; the parts of a cluster and its proof wait for the cluster's gate. */
function isJudged({ type, name }: MockedResource): boolean {
  if (!type.includes("/whm:") || type.endsWith(":ClusterProof")) return false;
  return type.endsWith(":TopologyGate") || !name.startsWith("east-");
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

async function textThrownBy(program: string, plan: Plan): Promise<string[]> {
  try {
    await load(program, plan).done;
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

/** Loads a program afresh, with this package's sources in the place of the built package. */
function load(program: string, plan: Plan): { done?: Promise<void> } {
  let exports = {};
  jest.isolateModules(() => {
    jest.doMock("@pulumi/pulumi", () => pulumi);
    jest.doMock("pulumi-whm", () => whm, { virtual: true });
    jest.doMock("./program/plan.json", () => plan, { virtual: true });
    exports = jest.requireActual<object>(`./program/${program}.js`);
  });
  return exports;
}

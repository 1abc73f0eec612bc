import { startSimulator } from "../../provider/simulator";
import { PulumiProject } from "../helpers/pulumi";
import type { Cell } from "./cell";
import { programFiles } from "./program-files";
import { servers, type MatrixRule } from "./topologies";
import { WayInStack } from "./way-in-stack";
import type { WayIn } from "./ways-in";

/** A way in, and the rules with which it is tried. */
export interface TriedWay {
  way: WayIn;
  rules: readonly MatrixRule[];
}

/** Runs everything for one way in: each rule by every way of applying, then what is accepted, then each rule over it. */
export async function runWayIn({ way, rules }: TriedWay): Promise<Cell[]> {
  const simulator = await startSimulator({ servers });
  const projects: PulumiProject[] = [];
  const newProject = async (files: Record<string, string>): Promise<PulumiProject> => {
    const project = await PulumiProject.create({
      program: files,
      secrets: { "whm:servers": JSON.stringify(simulator.servers) },
    });
    projects.push(project);
    return project;
  };
  try {
    if (way.before) await bringUp(await newProject(programFiles(way.program, way.before)));
    const stack = new WayInStack(way, simulator, await newProject(programFiles(way.program, way.accepted())));
    return await stack.allCells(rules);
  } finally {
    await Promise.all(projects.map((project) => project.remove()));
    await simulator.stop();
  }
}

async function bringUp(project: PulumiProject): Promise<void> {
  const { code, stdout, stderr } = await project.up("--skip-preview");
  if (code !== 0) throw new Error(`The first stack did not come up:\n${stdout}${stderr}`);
}

import { join } from "node:path";
import type { Server as ServerSettings } from "../../schema/server";
import { changedSince, surveyServers } from "../../survey";
import { listText } from "../../topology";
import { exitCodes, type ExitCode } from "../exit-codes";
import { withConnections } from "../look/look";
import { printLines } from "../streams";
import type { Surroundings } from "../surroundings";
import type { AdoptOptions } from "./adopt-options";
import { adoptionOf, type Adoption } from "./adoption";
import { askForLogins } from "./ask-for-logins";
import { Discovery } from "./discover";
import { withNote, writtenEarlier } from "./earlier-run";
import { adoptionPage } from "./page";
import { programText } from "./program-text";
import { frameFiles, projectName, writeProject, type ProjectFiles } from "./project-files";
import { ReadServers } from "./read-servers";
import { refuseOtherServers, removeServers, writeServers } from "./servers-file";
import { startingConnections } from "./starting-connections";
import { stateOf } from "./state";
import { printSummary } from "./summary";
import { bringIn, findTarget } from "./target-stack";
import { topologyFiles } from "./topology-files";

/** Page that says what was found. */
const pageName = "ADOPTED.md";

/** Reads a running cluster and brings it under management. Changes nothing on any server. */
export async function adopt(options: AdoptOptions, surroundings: Surroundings): Promise<ExitCode> {
  const project = projectName(options.out);
  const target = options.stack === undefined ? undefined : await findTarget(options.stack, project);
  const start = await startingConnections(options, surroundings, target);
  return withConnections(start.connections, options, surroundings, async (look) => {
    const discovery = new Discovery(look.registry, start.login);
    const read = new ReadServers(look.registry, look.connections);
    const follow = start.follows ? { follow: discovery.follow } : {};
    // A member file may have another name and address for a server than the server itself.
    const expected = (name: string): ServerSettings | undefined => start.connections[name];
    const route = { asksLoginTokens: true, counts: read.counts, expected, ...follow };
    const found = await surveyServers(look.registry, start.names, look.pace, route);
    const survey = read.completed(found);
    if (discovery.unknown.size > 0)
      return askForLogins({ options, start, survey, unknown: [...discovery.unknown.values()] }, surroundings);
    const changed = await changedSince(look.registry, found, look.pace);
    if (changed.length > 0) return refuseChanging(changed, surroundings);
    const adoption = adoptionOf({ options, project, target, survey, needless: read.needless() }, look);
    return finish(adoption, surroundings);
  });
}

/** What was read of servers that somebody works on may not fit together. */
function refuseChanging(changed: readonly string[], { streams }: Surroundings): ExitCode {
  printLines(
    streams.errors,
    `${listText(changed)} changed while the servers were read. Nothing was written. Run the command again when nobody works on them.`,
  );
  return exitCodes.unreadable;
}

/** Writes what was found and brings it into the stack. A server that could not be read keeps the stack as it is. */
async function finish(adoption: Adoption, surroundings: Surroundings): Promise<ExitCode> {
  const { options, target, clusters, survey } = adoption;
  const isWhole = survey.unreadable.size === 0;
  const isFound = clusters.length > 0;
  if (isFound) {
    const files = filesOf(adoption);
    const text = withNote(adoptionPage({ ...adoption, isWhole }), files);
    const isReplaceable = await writtenEarlier(join(options.out, pageName));
    if (!target) refuseOtherServers(options, serversText(adoption));
    // The page first: by its note, the next run knows the files that a killed one has written.
    await writeProject(options.out, { [pageName]: text, ...files }, isReplaceable);
    if (isWhole) await bringInOrSay(adoption, surroundings);
  }
  printSummary(adoption, surroundings.streams);
  if (!isWhole) return exitCodes.unreadable;
  return isFound ? exitCodes.accepted : exitCodes.found;
}

function filesOf({ project, clusters, date }: Adoption): ProjectFiles {
  return { ...frameFiles(project), "index.ts": programText(clusters, date), ...topologyFiles(clusters) };
}

/** Writes how to reach the servers into a file, or brings everything into the stack. */
async function bringInOrSay(adoption: Adoption, { streams }: Surroundings): Promise<void> {
  const { options, project, target, clusters, survey, servers } = adoption;
  if (!target) return writeServers(options, serversText(adoption), streams);
  const place = { organization: target.organization, project, stack: target.stack, servers };
  const state = await stateOf({ clusters, survey, place, owned: options.owned === true });
  await bringIn(target, options.out, { servers, state });
  await removeServers(options, serversText(adoption), streams);
}

const serversText = ({ servers }: Adoption): string => `${servers}\n`;

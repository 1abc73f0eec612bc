import { duration } from "../shared/duration.mjs";
import { openStage } from "./stage.mjs";
import { addNameserver } from "./steps/add-nameserver.mjs";
import { applyCluster } from "./steps/apply-cluster.mjs";
import { applyAgain } from "./steps/apply-again.mjs";
import { destroyCluster } from "./steps/destroy-cluster.mjs";
import { rejectFeedback } from "./steps/reject-feedback.mjs";
import { repairDrift } from "./steps/repair-drift.mjs";

const steps = [rejectFeedback, applyCluster, applyAgain, repairDrift, addNameserver, destroyCluster];

/**
 * Shows the life of a cluster with the real engine and simulated servers.
 *
 * @param {{ folder: string, version: string }} engine
 * @throws Failure at the first thing that is not as it should be
 */
export async function runDemo(engine) {
  const started = performance.now();
  const stage = await openStage(engine);
  try {
    for (const [index, step] of steps.entries()) await play(step, `${index + 1}. ${step.title}`, stage);
  } finally {
    await stage.close();
  }
  console.log(`\nEvery step held. The demo took ${duration(performance.now() - started)}.`);
}

async function play(step, title, stage) {
  console.log(`\n${title}`);
  const started = performance.now();
  await step.run(stage);
  console.log(`   (${duration(performance.now() - started)})`);
}

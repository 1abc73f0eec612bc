import { Failure } from "../shared/failure.mjs";

/**
 * Says what holds now, or stops the demo.
 *
 * @param {string} sentence what should hold
 * @param {boolean} holds whether it does
 * @param {string} [evidence] shown when it does not
 */
export function claim(sentence, holds, evidence = "") {
  if (holds) {
    console.log(`   ok: ${sentence}`);
    return;
  }
  throw new Failure(`This does not hold: ${sentence}.`, evidence, "The demo stopped here.");
}

/** Says that a run of the engine ended with this code, or stops the demo with all that the engine said. */
export function claimCode(result, code, meaning) {
  claim(
    `exit code ${code}: ${meaning}`,
    result.code === code,
    `Exit code ${result.code}.\n${result.stdout}${result.stderr}`,
  );
}

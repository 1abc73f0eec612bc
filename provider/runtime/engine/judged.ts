import { changedAfterJudgement, type Properties } from "./checked-inputs";

/**
 * Refuses inputs that are not those which the rules have judged. The engine skips `check` for what `--target` leaves
 * out, so that create and update compare once more.
 *
 * @param values what stands for the inputs in the comparison
 */
export function refuseUnjudged(news: Properties, values: Record<string, unknown> = news): void {
  const changed = changedAfterJudgement(news, values);
  if (changed.length > 0) throw new Error(changed.join("\n"));
}

import { askSetUp } from "../helpers/ask-set-up";

/** Programs that tests of gitops/ need; what is missing is not to be had on this machine. */
export interface Tools {
  readonly actionlint?: string;
  readonly checkJsonschema?: string;
  readonly gojq?: string;
}

/** Finds them; the first time on a machine they are built and installed, and that takes a minute. */
export function findTools(): Tools {
  return askSetUp("gitops/answer-tools.mjs") as Tools;
}

// Answers where the programs are that tests of gitops/ need.
import { answer } from "../../shared/answer.mjs";
import { findTools } from "./find-tools.mjs";

await answer(findTools);

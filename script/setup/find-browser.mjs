// Tells a test where Chromium is.
import { answer } from "../shared/answer.mjs";
import { findChromium } from "./site/find-chromium.mjs";

await answer(findChromium);

import { delimiter } from "node:path";
import { findFaultProxy } from "../setup/fault-proxy.mjs";
import { jestSuite } from "./jest-suite.mjs";

/** The tests of broken connections and killed processes. A proxy that cannot be built fails this suite and no other. */
export async function faultsSuite(options) {
  const folders = [await findFaultProxy(), options.path].filter(Boolean);
  return jestSuite("faults", { ...options, path: folders.join(delimiter), waits: true });
}

import { findGoProgram } from "./go-program.mjs";

/**
 * Finds the proxy that breaks connections in tests.
 *
 * @returns {Promise<string | undefined>} the folder to put on PATH
 */
export function findFaultProxy() {
  return findGoProgram({
    name: "toxiproxy",
    title: "Toxiproxy",
    program: "toxiproxy-server",
    module: "github.com/Shopify/toxiproxy/v2",
    package: "github.com/Shopify/toxiproxy/v2/cmd/server",
    without: "tests of broken connections",
  });
}

// Loaded into a process of the engine's dynamic provider: it starts in a third of the time, as it does not load how the
// SDK writes functions down, and with it the compiler and npm's own packages. Only programs write functions down.
const Module = require("node:module");

const unused = new Set(["./closure/serializeClosure", "./closure/codePaths"]);
const load = Module._load;

if (process.argv.some((word) => word.includes("dynamic-provider")))
  Module._load = (request, ...more) => (unused.has(request) ? {} : load(request, ...more));

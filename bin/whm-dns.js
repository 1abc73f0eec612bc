#!/usr/bin/env node
// Stands outside dist/ so that npm finds it in a clone too, before anything is compiled, and links the command.
require("../dist/cli/main.js");

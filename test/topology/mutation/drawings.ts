import { loadTests } from "./load-tests";

loadTests((name) => /^(render|compare|report)/.test(name));

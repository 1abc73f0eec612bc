import { loadTests } from "./load-tests";

/** What is drawn at random or counted through kills few mutants that exact expectations leave, and takes minutes. */
const slow = /^(every-|declared-clusters|guide-judge|large-|properties|speed)/;
const drawings = /^(images|render|compare)/;

loadTests((name) => !slow.test(name) && !drawings.test(name));

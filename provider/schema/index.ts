export { MalformedError, parse } from "./parse";
export { parseTopology } from "./topology";

export { endOf, type TriedWay, type WayNeed, type WayState } from "./way";
export { readReach } from "./read-reach";

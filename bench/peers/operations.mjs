/** What each tool is asked to do, in this order. */
export const operations = ["apply", "noop", "audit", "adopt", "adopt --stack", "change", "destroy"];

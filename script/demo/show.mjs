const change = /^ *(\+|-|~|\+\+|--|\+-|-\+) +\S/;
const uneventful = /\b(creating|updating|deleting|replacing|refreshing|refresh)\b/;
const count = /^ {4}(\S+ )?\d+ (created|unchanged|updated|deleted|replaced|changes)/;

/** Prints lines under the step that they belong to. */
export function show(text) {
  for (const line of text.split("\n")) console.log(`   | ${line}`.trimEnd());
}

/** Prints what an update or a destroy did, without the preview before it: each resource once, and the counts. */
export function showChanges({ stdout }) {
  const lines = stdout.slice(Math.max(0, stdout.search(/^(Updating|Destroying) /m))).split("\n");
  const done = lines.filter((line) => change.test(line) && !uneventful.test(line) && !count.test(line));
  const counts = lines.filter((line) => count.test(line));
  const text = [...new Set([...done, ...counts].map((line) => line.trim()))].join("\n");
  show(text.replaceAll("pulumi-nodejs:dynamic/whm:", "whm:"));
}

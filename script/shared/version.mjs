/** Whether a version such as "3.258.0" is the other one or a later one. What follows the three numbers is not looked at. */
export function isAtLeast(version, other) {
  const [ours, theirs] = [numbers(version), numbers(other)];
  const differing = ours.findIndex((number, index) => number !== theirs[index]);
  return differing === -1 || ours[differing] > theirs[differing];
}

function numbers(version) {
  const [, ...parts] = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version) ?? ["", "0", "0", "0"];
  return parts.map(Number);
}

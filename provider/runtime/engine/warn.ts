/** Shows a sentence to the user. The engine prints what a provider process writes. */
export function warn(sentence: string): void {
  process.stdout.write(`warning: ${sentence}\n`);
}

/**
 * Live values as inputs, so that a preview after a refresh names the properties that somebody has changed, and no other
 * one. The token is among them: the engine encrypts an input of a refresh where the input before it was a secret, and
 * the classes make every token one.
 */
export function visibleInputs<State extends { token: string; user: string }>(live: State): object {
  const { user, ...inputs } = live;
  // The default is not written out, as the program does not do it either.
  return { ...inputs, ...(user !== "root" && { user }) };
}

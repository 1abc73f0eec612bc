/**
 * Returns live values as inputs, so that a preview after a refresh names exactly the properties that somebody has
 * changed. It includes the token: the engine encrypts a refreshed input if the previous one was a secret, and the
 * classes make every token one.
 */
export function visibleInputs<State extends { token: string; user: string }>(live: State): object {
  const { user, ...inputs } = live;
  // The default is left out, as in the program.
  return { ...inputs, ...(user !== "root" && { user }) };
}

/** What a refresh shows in place of a token that somebody has changed on the server. */
const changedToken = "(changed on the server)";

/**
 * Live values as inputs, so that a preview after a refresh names the properties that somebody has changed. The engine
 * would store an input of a refresh in clear, so that the token is never among them, only the word that it changed.
 */
export function visibleInputs<State extends { token: string; user: string }>(
  live: State,
  stored: State,
): object {
  const { token, user, ...inputs } = live;
  return {
    ...inputs,
    // The default is not written out, as the program does not do it either.
    ...(user !== "root" && { user }),
    ...(token !== stored.token && { token: changedToken }),
  };
}

// Jest's own matchers are typed as anything; these fit where a value of unknown type is expected.

export const anything = (): unknown => expect.anything() as unknown;
export const containing = (text: string): unknown => expect.stringContaining(text) as unknown;
export const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern) as unknown;
export const including = (items: readonly unknown[]): unknown =>
  expect.arrayContaining([...items]) as unknown;
export const like = (object: object): unknown => expect.objectContaining(object) as unknown;

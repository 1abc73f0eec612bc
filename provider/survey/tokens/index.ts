export { readTokenList, type TokenList } from "./read-tokens";
export { tokensOfServer, type KeptToken, type ListedToken, type TokenState } from "./token-list";

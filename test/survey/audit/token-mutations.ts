import { ofToken, type Mutation } from "./mutation";

/** Ways in which the token of an entry stops being as declared. One that is only derived just has to work. */
export const tokenMutations: Record<string, Mutation> = {
  "a token is revoked": ofToken((use) => {
    use.token = undefined;
    return "unknown-token";
  }, true),
  "a token has expired": ofToken((use) => {
    use.token = { ...use.token!, expiresAt: 100 };
    return "expired-token";
  }),
  "a token will expire": ofToken((use, isDeclared) => {
    use.token = { ...use.token!, expiresAt: 2_000 };
    return isDeclared ? "token-expiry" : "nothing";
  }),
  "a token lost its privilege": ofToken((use, isDeclared) => {
    use.token = { ...use.token!, acls: ["list-accts"] };
    return isDeclared ? "token-acls" : "token-without-clustering";
  }),
  "a token may do more": ofToken((use, isDeclared) => {
    use.token = { ...use.token!, acls: ["clustering", "create-dns"] };
    return isDeclared ? "token-acls" : "nothing";
  }),
  "a token may do everything": ofToken((use, isDeclared) => {
    use.token = { ...use.token!, acls: ["all", "clustering", "create-dns"] };
    return isDeclared ? "token-acls" : "nothing";
  }),
  "a token is pinned to somebody else": ofToken((use, isDeclared) => {
    use.token = { ...use.token!, whitelistIps: ["198.51.100.7"] };
    return isDeclared ? "token-addresses" : "token-refused";
  }),
  "a token is accepted from one more address": ofToken((use, isDeclared) => {
    use.token = { ...use.token!, whitelistIps: [...use.token!.whitelistIps, "198.51.100.7"] };
    return isDeclared ? "token-addresses" : "nothing";
  }),
  "a token is accepted from anywhere": ofToken((use, isDeclared) => {
    if (use.token!.whitelistIps.length === 0) return undefined;
    use.token = { ...use.token!, whitelistIps: [] };
    return isDeclared ? "token-addresses" : "nothing";
  }),
  "an entry holds no token": (survey, _declaration, pick) => {
    const use = pick(survey.uses);
    if (use === undefined) return undefined;
    survey.uses.splice(survey.uses.indexOf(use), 1);
    delete survey.servers.get(use.holder)!.members.find(({ key }) => key === use.key)!.fields.pass;
    return [["unknown-token", use.holder, use.peer]];
  },
  "an entry holds another token than the stack has made": (survey, { tokens }, pick) => {
    const use = pick(survey.uses);
    if (use === undefined || !tokens.some(({ name }) => name !== undefined)) return undefined;
    use.token = { ...use.token!, name: "by-hand", createTime: 2 };
    survey.servers.get(use.peer)!.tokens.push(use.token);
    return [["other-token", use.holder, use.peer]];
  },
  "a token that no entry holds is gone": (survey, { tokens }, pick) => {
    const token = pick(tokens.filter(({ users }) => users.length === 0));
    if (token === undefined) return undefined;
    const server = survey.servers.get(token.server)!;
    server.tokens = server.tokens.filter(({ name }) => name !== token.name);
    return [["missing-token", token.server, undefined]];
  },
  "a token that no entry holds may do more": (survey, { tokens }, pick) => {
    const token = pick(tokens.filter(({ users }) => users.length === 0));
    if (token === undefined) return undefined;
    const server = survey.servers.get(token.server)!;
    server.tokens = server.tokens.map((each) =>
      each.name === token.name ? { ...each, acls: ["all"] } : each,
    );
    return [["token-acls", token.server, undefined]];
  },
  "an entry and its token are gone": (survey, { entries, tokens }, pick) => {
    const entry = pick(entries);
    if (entry === undefined) return undefined;
    const { type, holder, about, key } = entry;
    const [use] = survey.uses.splice(
      survey.uses.findIndex((each) => each.holder === holder && each.key === key),
      1,
    );
    const [from, to] = [survey.servers.get(holder)!, survey.servers.get(about)!];
    from.members = from.members.filter((member) => member.key !== key);
    to.tokens = to.tokens.filter(({ name }) => name !== use!.token!.name);
    const gone = [type === "link" ? "missing-link" : "missing-trust", holder, about] as const;
    const isDeclared = tokens.some(({ settings }) => settings !== undefined);
    return isDeclared ? [gone, ["missing-token", about, holder]] : [gone];
  },
  "a token is there that nobody has declared": (survey, _declaration, pick) => {
    const server = pick([...survey.servers.values()])!;
    const token = { acls: ["all"], whitelistIps: [], createTime: 3, expiresAt: 100 };
    server.tokens.push({ ...token, name: "of-somebody-else" });
    return [];
  },
};

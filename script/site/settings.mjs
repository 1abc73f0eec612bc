// The settings of VitePress: copied beside the pages, which lie in a folder of their own.

const pages = [
  {
    text: "Learn",
    items: ["getting-started", "installation", "concepts", "comparison"],
  },
  {
    text: "Use",
    items: [
      ...[
        "resources",
        "rules",
        "risks",
        "rejected-plans",
        "errors",
        "reaching-servers",
        "credentials",
        "operations",
      ],
      ...["state", "gitops", "command-line", "adopting", "audit", "monitoring"],
    ],
  },
  { text: "Decide", items: ["security", "policy-pack", "performance", "benchmarks"] },
];

/** A name as a person writes it: getting-started is Getting started. */
function titleOf(name) {
  if (name === "gitops") return "GitOps";
  const words = name.replaceAll("-", " ");
  return words[0].toUpperCase() + words.slice(1);
}

const linked = ({ text, items }) => ({
  text,
  items: items.map((name) => ({ text: titleOf(name), link: `/docs/${name}` })),
});

export default {
  title: "pulumi-whm",
  description: "cPanel & WHM DNS clusters as code",
  lang: "en",
  markdown: { anchor: { slugify: anchorOf } },
  vite: { build: { chunkSizeWarningLimit: 4000 } },
  themeConfig: {
    search: {
      provider: "local",
      options: {
        miniSearch: {
          options: { tokenize },
          searchOptions: { fuzzy: 0.1, prefix: true, boost: { title: 8 } },
        },
      },
    },
    outline: [2, 3],
    nav: [
      { text: "Errors", link: "/docs/errors" },
      { text: "Rules", link: "/docs/rules" },
      { text: "API", link: "/docs/api/" },
      { text: "Examples", link: "/examples/" },
    ],
    sidebar: pages.map(linked),
  },
};

/** Anchors as on GitHub, which the links between the pages are written for. */
function anchorOf(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "")
    .replaceAll(" ", "-");
}

/** Words as they are written: unknown-host-key is one, and found by each of its parts as well. It runs in the browser alone. */
function tokenize(text) {
  const words = text
    .split(/[\s\p{Z}()[\]{}<>"'`,;:!?|]+/u)
    .map((word) => word.replace(/^[.\-]+|[.\-]+$/g, ""));
  return words.flatMap((word) => (word.includes("-") ? [word, ...word.split("-")] : [word])).filter(Boolean);
}

import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";

const room = resolve(__dirname, "../../provider/schema");

/** Finds the doc comment of a field by its name and by all names of its object. */
export type FindComment = (key: string, keys: readonly string[]) => string | undefined;

/** Reads the doc comments of the schemas, so that editors show what the code says. */
export function docComments(): FindComment {
  const objects = readdirSync(room).flatMap((file) => commentedObjects(join(room, file)));
  return (key, keys) => {
    // Fields that one object takes over from another stand in a smaller literal of their own.
    const fitting = objects.filter(
      (each) => each.has(key) && [...each.keys()].every((name) => keys.includes(name)),
    );
    const largest = fitting.reduce(
      (best, each) => (each.size > best.size ? each : best),
      new Map<string, string>(),
    );
    return largest.get(key) || undefined;
  };
}

/** Returns the object literals of a file: the comments of their fields by name, empty where there is none. */
function commentedObjects(file: string): Map<string, string>[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const found: Map<string, string>[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const fields = node.properties.filter((each) => each.name !== undefined);
      found.push(new Map(fields.map((each) => [nameOf(each.name!), commentOf(each)])));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function nameOf(name: ts.PropertyName): string {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : name.getText();
}

function commentOf(node: ts.Node): string {
  const [comment] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  if (!comment) return "";
  const text = ts.getTextOfJSDocComment(comment.comment) ?? "";
  const tags = (comment.tags ?? []).filter(({ tagName }) => tagName.text === "default");
  const standing = tags.map((tag) => `Default: ${ts.getTextOfJSDocComment(tag.comment) ?? ""}.`);
  return [text, ...standing].join(" ").replaceAll(/\s+/g, " ").trim();
}

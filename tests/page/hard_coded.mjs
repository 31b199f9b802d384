/** Prints what the page's sources say to people themselves, in place of a sentence of web/locales: a line each. */

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";

const WEB = new URL("../../web/", import.meta.url);
const ts = createRequire(new URL("package.json", WEB))("typescript");
const SAID = new Set(["aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "title", "placeholder", "alt", "label"]);
const JOINS = new Set(["||", "&&", "??", "+"]);
const hasLetters = (text) => /\p{L}/u.test(text);

/** The literals of an expression that may be what is said: of both ways of a choice, too. */
function* literals(node) {
  if (ts.isStringLiteralLike(node)) yield node;
  else if (ts.isTemplateExpression(node)) yield* [node.head, ...node.templateSpans.map((span) => span.literal)];
  else if (ts.isConditionalExpression(node)) yield* [node.whenTrue, node.whenFalse].flatMap((way) => [...literals(way)]);
  else if (ts.isBinaryExpression(node) && JOINS.has(node.operatorToken.getText())) yield* [node.left, node.right].flatMap((side) => [...literals(side)]);
  else if (ts.isParenthesizedExpression(node)) yield* literals(node.expression);
}

function* said(node) {
  if (ts.isJsxText(node)) yield node;
  const attribute = ts.isJsxAttribute(node) && SAID.has(node.name.getText());
  if (attribute && node.initializer && ts.isStringLiteral(node.initializer)) yield node.initializer;
  const child = ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent);
  const value = ts.isJsxExpression(node) && ts.isJsxAttribute(node.parent) && SAID.has(node.parent.name.getText());
  if ((child || value) && node.expression) yield* literals(node.expression);
  for (const one of node.getChildren()) yield* said(one);
}

for (const name of readdirSync(new URL("src/", WEB), { recursive: true, encoding: "utf8" }).filter((one) => one.endsWith(".tsx"))) {
  const source = ts.createSourceFile(name, readFileSync(new URL(`src/${name}`, WEB), "utf8"), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  for (const node of said(source)) {
    const text = node.text ?? node.rawText ?? node.getText();
    if (hasLetters(text)) console.log(`${name}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${text.trim()}`);
  }
}

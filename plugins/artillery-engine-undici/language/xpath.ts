import { createRequire } from 'node:module';
import { DOMParser, type Document } from '@xmldom/xmldom';

/** What we use of the package `xpath`. Its own types would put those of the browser into every file of the project. */
interface XPathModule {
  parse(expression: string): { evaluate(options: { node: Document }): { stringValue(): string } };
  readonly XNumber: new () => { numberValue(): number };
  readonly XBoolean: new () => { booleanValue(): boolean };
}

const require = createRequire(import.meta.url);
const xpath = require('xpath') as XPathModule;

/** @throws Error for a text that is not well-formed XML */
export function parseXml(text: string): Document {
  return new DOMParser({
    onError: (level, message) => {
      if (level !== 'warning') throw new Error(message);
    },
  }).parseFromString(text, 'text/xml');
}

/**
 * Compiles an XPath 1.0 expression: the text of the first node that it selects (of an element with everything inside, of an
 * attribute its value), the empty text if there is none; numbers and booleans, such as of `count(//item)`, as they are.
 * Prefixes are those that the document declares.
 *
 * @throws Error for a faulty expression
 */
export function compileXPath(expression: string): (document: Document) => unknown {
  const parsed = xpath.parse(expression);
  return (node) => {
    const result = parsed.evaluate({ node });
    if (result instanceof xpath.XNumber) return result.numberValue();
    return result instanceof xpath.XBoolean ? result.booleanValue() : result.stringValue();
  };
}

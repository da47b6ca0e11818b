import { Malformed } from './malformed.ts';
import type { Notation } from './read.ts';
import { flattened } from './form.ts';
import { textTrait } from './shape.ts';
import { readText } from './text.ts';

/** An element of an XML document. Attributes and namespaces add nothing to the schemas. */
interface Element {
  readonly name: string;
  readonly children: Element[];
  text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Declarations and comments; an opening, closing or empty tag; or text. */
const TOKEN = /<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<(\/?)([\w:.-]+)(?:\s[^<>]*?)?(\/?)>|([^<]+)|([\s\S])/g;

/**
 * Reads a document to its root element.
 * @throws Malformed when its tags do not match
 */
export function parseXml(text: string): readonly Element[] {
  const top: Element = { name: '', children: [], text: '' };
  const open = [top];
  for (const [, closing, name, empty, words, stray] of text.matchAll(TOKEN)) {
    const current = open.at(-1) ?? top;
    if (stray !== undefined) throw broken();
    if (words !== undefined) current.text += unescape(words);
    if (name === undefined) continue;
    if (closing === '/') close(open, name);
    else {
      const element = { name: local(name), children: [], text: '' };
      current.children.push(element);
      if (empty !== '/') open.push(element);
    }
  }
  if (open.length !== 1 || top.children.length > 1) throw broken();
  return top.children;
}

/**
 * Reads XML as REST services do. A raw value is all elements of one name; only a flattened list has several.
 * https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html
 */
export const xmlNotation: Notation = {
  readLeaf: (kind, raw, shape) => readText(kind, isElements(raw) ? raw[0]?.text : undefined, shape),
  nameOf: ({ name, shape }) => textTrait(shape, 'xmlName') ?? name,
  structure: (raw) => {
    if (!isElements(raw)) return undefined;
    return (name) => named(raw[0], name);
  },
  list: (raw, shape) => {
    if (!isElements(raw)) return undefined;
    if (flattened(shape)) return raw.map((item) => [item]);
    const item = textTrait(shape.getValueSchema(), 'xmlName') ?? 'member';
    return (named(raw[0], item) ?? []).map((one) => [one]);
  },
  map: (raw, shape) => {
    if (!isElements(raw)) return undefined;
    const entries = flattened(shape) ? raw : (named(raw[0], 'entry') ?? []);
    const key = textTrait(shape.getKeySchema(), 'xmlName') ?? 'key';
    const value = textTrait(shape.getValueSchema(), 'xmlName') ?? 'value';
    return entries.map((entry) => [named(entry, key)?.[0]?.text ?? '', named(entry, value)] as const);
  },
};

function named(parent: Element | undefined, name: string): readonly Element[] | undefined {
  const found = parent?.children.filter((child) => child.name === name) ?? [];
  return found.length === 0 ? undefined : found;
}

function close(open: Element[], name: string): void {
  if (open.length === 1 || open.pop()?.name !== local(name)) throw broken();
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function unescape(text: string): string {
  return text.replace(/&(#x[\da-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
    const code = name.startsWith('#x') ? parseInt(name.slice(2), 16) : Number(name.slice(1));
    return String.fromCodePoint(code);
  });
}

function isElements(raw: unknown): raw is readonly Element[] {
  return Array.isArray(raw);
}

function broken(): Malformed {
  return new Malformed('', 'syntax', 'the body is not well-formed XML');
}

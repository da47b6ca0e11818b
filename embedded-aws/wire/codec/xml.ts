import { flattened } from './form.ts';
import { leafOf, textTrait, type Member, type Shape } from './shape.ts';
import { writeText } from './text.ts';
import { checkLeaf, entriesOf, itemsOf, presentMembers } from './write.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/**
 * Escapes text as XML content. Characters that XML 1.0 cannot represent become U+FFFD; carriage returns become
 * references.
 */
export function escapeXml(text: string): string {
  return text
    .replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char)
    .replace(/\r/g, '&#xD;')
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
}

export function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

/**
 * Writes the members of an answer as XML elements, like the AWS query protocol.
 * @throws WrongModel when the answer does not fit the schema
 */
export function writeXml(shape: Shape, value: unknown, path = 'output'): string {
  return presentMembers(shape, value, path)
    .map(([member, of]) => writeMember(member, of, `${path}.${member.name}`))
    .join('');
}

function writeMember(member: Member, value: unknown, path: string): string {
  const name = textTrait(member.shape, 'xmlName') ?? member.name;
  return flattened(member.shape)
    ? pieces(member.shape, value, path, name, name).join('')
    : element(name, content(member.shape, value, path));
}

function content(shape: Shape, value: unknown, path: string): string {
  if (shape.isStructSchema()) return writeXml(shape, value, path);
  if (shape.isListSchema()) {
    return pieces(shape, value, path, textTrait(shape.getValueSchema(), 'xmlName') ?? 'member', 'entry').join(
      '',
    );
  }
  if (shape.isMapSchema()) return pieces(shape, value, path, 'member', 'entry').join('');
  const kind = leafOf(shape);
  checkLeaf(kind, value, path);
  return escapeXml(writeText(kind, value, shape));
}

/** Returns the items of a list or the entries of a map, each in its own element. */
function pieces(shape: Shape, value: unknown, path: string, item: string, entry: string): string[] {
  const of = shape.getValueSchema();
  if (shape.isListSchema())
    return itemsOf(value, path).map((one, i) => element(item, content(of, one, `${path}[${i}]`)));
  const key = textTrait(shape.getKeySchema(), 'xmlName') ?? 'key';
  const named = textTrait(of, 'xmlName') ?? 'value';
  return entriesOf(value, path).map(([name, one]) =>
    element(entry, element(key, escapeXml(name)) + element(named, content(of, one, `${path}.${name}`))),
  );
}

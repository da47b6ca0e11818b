/**
 * Returns the members of a JSON object.
 * @throws Error on any other value
 */
export function entriesOf(name: string, element: unknown): [string, unknown][] {
  if (typeof element !== 'object' || element === null || Array.isArray(element))
    throw new Error(`${name} is not an object: ${JSON.stringify(element)}`);
  return Object.entries(element);
}

/**
 * Returns one text or a list of them. Numbers and booleans may be unquoted.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 * @throws Error on any other value, on an empty list, and on a policy variable, which is not modelled
 */
export function textsOf(name: string, element: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(element) ? element : [element];
  if (list.length === 0) throw new Error(`${name} is empty`);
  return list.map((value) => textOf(name, value));
}

function textOf(name: string, value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
    throw new Error(`${name} has ${JSON.stringify(value)}, which is not a text`);
  const text = String(value);
  if (text.includes('${')) throw new Error(`${name} has a policy variable, which is not modelled: ${text}`);
  return text;
}

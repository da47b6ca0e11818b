import type { Target } from '../stack/stack.ts';

/**
 * Returns a target's input: the event, a part of it, a constant, or a text of its parts.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function inputFor(target: Target, event: object): unknown {
  if (target.input !== undefined) return JSON.parse(target.input);
  if (target.inputPath !== undefined) return lookUp(target.inputPath, event);
  if (target.inputTransformer !== undefined) return transform(target.inputTransformer, event);
  return event;
}

/**
 * Fills in a template. A bare variable becomes JSON; one inside a string becomes its text. Undocumented: a bare
 * variable whose path leads nowhere; null is assumed. Unknown: transformer-of-null.
 */
function transform(
  { InputPathsMap = {}, InputTemplate }: NonNullable<Target['inputTransformer']>,
  event: object,
): unknown {
  const valueOf = (name: string): unknown =>
    Object.hasOwn(InputPathsMap, name) ? lookUp(InputPathsMap[name] ?? '', event) : undefined;
  const text = InputTemplate.replace(
    /("(?:[^"\\]|\\.)*")|<([^<>]+)>/g,
    (_, quoted: string | undefined, name: string) =>
      quoted === undefined
        ? JSON.stringify(valueOf(name) ?? null)
        : quoted.replace(/<([^<>]+)>/g, (__, inner: string) => inText(valueOf(inner))),
  );
  return JSON.parse(text);
}

/**
 * Returns a variable's text. A variable whose path leads nowhere "isn't created and won't appear in the output", says
 * the page above.
 */
function inText(value: unknown = ''): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return JSON.stringify(text).slice(1, -1);
}

/** Returns the value at a path such as `$.detail.state.value` or `$.resources[0]`; undefined if there is none. */
function lookUp(path: string, event: object): unknown {
  const keys = path
    .replace(/^\$\.?/, '')
    .split(/[.[\]]+/)
    .filter((key) => key !== '');
  return keys.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], event);
}

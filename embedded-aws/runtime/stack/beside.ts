import { stackOf } from './read.ts';
import type { Stack } from './stack.ts';
import { resolveTemplate, type Template } from './template.ts';

/** Another stack of the account, which a team deployed beside the main one. */
export interface StackBeside {
  readonly name: string;
  readonly template: Template;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Returns the main stack with the parts of the others. It keeps its name and its outputs. */
export function withBeside(main: Stack, others: readonly StackBeside[], root: string): Stack {
  return others.reduce<Stack>((whole, { name, template, parameters }) => {
    const resolved = resolveTemplate(template, { stack: name, ...(parameters && { parameters }) });
    return { ...whole, ...listsOf(whole, stackOf(resolved, root)) };
  }, main);
}

/** Every part of a stack but its name and its outputs is a list. */
function listsOf(whole: Stack, added: Stack): Partial<Stack> {
  const lists = new Map(Object.entries(whole).filter((part): part is [string, unknown[]] => isList(part[1])));
  return Object.fromEntries(
    Object.entries(added).flatMap(([part, list]: [string, unknown]) =>
      isList(list) ? [[part, [...new Set([...(lists.get(part) ?? []), ...list])]]] : [],
    ),
  );
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value);
}

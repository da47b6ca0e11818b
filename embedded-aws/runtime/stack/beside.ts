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
    const {
      name: _,
      outputs: __,
      ...parts
    } = stackOf(resolveTemplate(template, { stack: name, ...(parameters && { parameters }) }), root);
    const lists = Object.entries(parts).map(([part, list]) => [
      part,
      [...new Set([...(whole[part as keyof typeof parts] as readonly unknown[]), ...list])],
    ]);
    return { ...whole, ...(Object.fromEntries(lists) as typeof parts) };
  }, main);
}

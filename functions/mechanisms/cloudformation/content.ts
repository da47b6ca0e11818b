import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { shownTraits, type Traits } from '../../../src/rollback/traits.ts';
import type { Stack } from './cloudformation.ts';

/** A content of more characters is kept as its hash. The ledger keeps one for each proven update. */
const MAX_CHARACTERS = 2_000;

const Content = z.object({ template: z.string(), parameters: z.record(z.string(), z.string()) });

/** CloudFormation answers a parameter with NoEcho by asterisks. */
function isMasked(value: string): boolean {
  return /^\*+$/.test(value);
}

/**
 * Returns equal text for equal templates and parameters. It names the parameters, so that a later plan can show what
 * changed. Values with NoEcho cannot be read and are left out: a change of one alone looks like no change.
 */
export function contentOf({ parameters }: Pick<Stack, 'parameters'>, template: string): string {
  const shown = Object.entries(parameters).filter(([, value]) => !isMasked(value));
  const content = {
    template: hash(template),
    parameters: Object.fromEntries(shown.toSorted(([one], [other]) => one.localeCompare(other))),
  };
  const text = JSON.stringify(content);
  return text.length <= MAX_CHARACTERS ? text : hash(text);
}

/** Returns the traits of a content: its template's hash and its parameters. Null: the content is only a hash. */
export function traitsIn(content: string): Traits | null {
  const read = Content.safeParse(parsed(content));
  if (!read.success) return null;
  const { template, parameters } = read.data;
  const named = Object.entries(parameters).map(([name, value]) => [`parameter ${name}`, value] as const);
  return shownTraits({ template, ...Object.fromEntries(named) });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

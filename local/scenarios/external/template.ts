import { readFileSync } from 'node:fs';
import { parse, type CollectionTag, type ScalarTag } from 'yaml';
import type { StackBeside } from '@lastgood/embedded-aws/runtime/stack/beside.ts';

/** Returns a short form of an intrinsic function in its long form, as CloudFormation reads it. */
const scalar = (tag: string, name: string): ScalarTag => ({
  tag,
  resolve: (text: string) => ({ [name]: name === 'Fn::GetAtt' ? text.split('.') : text }),
});

const TAGS: readonly (ScalarTag | CollectionTag)[] = [
  scalar('!Ref', 'Ref'),
  scalar('!Sub', 'Fn::Sub'),
  scalar('!GetAtt', 'Fn::GetAtt'),
];

/** Reads an example template of the documentation. */
export function exampleOf(file: string): StackBeside['template'] {
  const text = readFileSync(new URL(`../../../docs/examples/${file}`, import.meta.url), 'utf8');
  return parse(text, { customTags: [...TAGS] }) as StackBeside['template'];
}

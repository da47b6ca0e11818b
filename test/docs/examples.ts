import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { parse, type ScalarTag } from 'yaml';
import { checkPattern } from '@lastgood/embedded-aws/runtime/events/check-pattern.ts';
import type { Pattern } from '@lastgood/embedded-aws/runtime/events/pattern.ts';
import type { Target } from '@lastgood/embedded-aws/runtime/stack/stack.ts';

const FOLDER = new URL('../../docs/examples/', import.meta.url);

/** The files of docs/examples. */
export const EXAMPLES = readdirSync(FOLDER);

/** The name in a `!Ref` or `!GetAtt`, as the file has it. */
export type Reference = { readonly '!Ref': string } | { readonly '!GetAtt': string };

export interface Rule {
  readonly EventPattern: Pattern;
  readonly Targets: readonly {
    readonly Arn: Reference;
    readonly RoleArn?: Reference;
    readonly InputTransformer?: Target['inputTransformer'];
  }[];
}

export interface Template {
  readonly Parameters: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: object }>>;
}

/**
 * Values of the pseudo parameters:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
 */
const PSEUDO: Readonly<Record<string, string>> = { 'AWS::AccountId': '111122223333' };

const short = (tag: string): ScalarTag => ({
  tag,
  resolve: (text: string) => PSEUDO[text] ?? { [tag]: text },
});

export function templateOf(file: string): Template {
  const text = readFileSync(new URL(file, FOLDER), 'utf8');
  return parse(text, { customTags: [short('!Ref'), short('!Sub'), short('!GetAtt')] }) as Template;
}

/** Returns name and properties of the template's only rule, whose pattern EventBridge takes. */
export function namedRuleOf({ Resources }: Template): readonly [string, Rule] {
  const rules = Object.entries(Resources).filter(([, { Type }]) => Type === 'AWS::Events::Rule');
  expect(rules).toHaveLength(1);
  const [name, { Properties }] = rules[0]!;
  const rule = Properties as Rule;
  checkPattern(rule.EventPattern);
  return [name, rule];
}

export const ruleOf = (template: Template): Rule => namedRuleOf(template)[1];

/**
 * Returns the kind of a reference: `AWS::IAM::Role.Arn` for an attribute, `AWS::SNS::Topic` for a `!Ref`, `parameter
 * NAME`.
 */
export function referent({ Parameters, Resources }: Template, reference: Reference | undefined): string {
  const [[how, to] = ['', '']] = Object.entries<string>(reference ?? {});
  if (how === '!Ref' && to in Parameters) return `parameter ${to}`;
  const [name = '', attribute] = how === '!GetAtt' ? to.split('.') : [to];
  const type = Resources[name]?.Type ?? `nothing: ${to}`;
  return attribute === undefined ? type : `${type}.${attribute}`;
}

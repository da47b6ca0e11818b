import { remembered } from '../../world/remembered.ts';
import { readConditions } from './conditions.ts';
import type { Context } from './context.ts';
import { entriesOf, textsOf } from './elements.ts';
import { glob, resourceLike, type Matches, type Resource } from './patterns.ts';

/** An IAM policy as the packaged template has it, references resolved. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: unknown;
}

/** The input of an IAM decision. */
export interface Question {
  /** `ecs:UpdateService` */
  readonly action: string;
  readonly resource: Resource;
  readonly context: Context;
}

/** A parsed statement. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly concerns: (question: Question) => boolean;
}

const VERSIONS: readonly unknown[] = [undefined, '2008-10-17', '2012-10-17'];

/**
 * Reads an identity policy, once for all worlds.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 * @throws Error on elements that an identity policy cannot have, and on those not modelled: policy variables, some
 * condition operators, some global condition keys
 */
export const readPolicy = remembered(async (document: PolicyDocument): Promise<readonly Statement[]> => {
  refuseOthers('an identity policy', document, ['Version', 'Statement']);
  const { Version, Statement: statements } = document;
  if (!VERSIONS.includes(Version)) throw new Error(`there is no policy version ${String(Version)}`);
  return Promise.all([statements].flat().map(readStatement));
});

const ELEMENTS = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];

/** @throws Error like readPolicy */
export async function readStatement(statement: unknown): Promise<Statement> {
  const elements = Object.fromEntries(entriesOf('Statement', statement));
  refuseOthers('a statement of an identity policy', elements, ELEMENTS);
  const { Effect, Action, NotAction, Resource, NotResource, Condition = {} } = elements;
  const actions = either('Action', Action, NotAction, actionLike);
  const resources = either('Resource', Resource, NotResource, resourceLike);
  const conditions = await readConditions(Condition);
  return {
    effect: effectOf(Effect),
    concerns: ({ action, resource, context }) =>
      actions(action) && resources(resource) && conditions.every((holds) => holds(context)),
  };
}

function refuseOthers(whole: string, elements: object, known: readonly string[]): void {
  const name = Object.keys(elements).find((element) => !known.includes(element));
  if (name !== undefined) throw new Error(`${whole} has no ${name}`);
}

function effectOf(effect: unknown): Statement['effect'] {
  if (effect === 'Allow' || effect === 'Deny') return effect;
  throw new Error(`Effect is neither Allow nor Deny: ${JSON.stringify(effect)}`);
}

/** Reads an element or its opposite. A statement has exactly one of the two. */
function either<T>(
  name: string,
  is: unknown,
  isNot: unknown,
  like: (pattern: string) => (asked: T) => boolean,
): (asked: T) => boolean {
  if ((is === undefined) === (isNot === undefined))
    throw new Error(`a statement has either ${name} or Not${name}`);
  const negated = is === undefined;
  const tests = textsOf(name, negated ? isNot : is).map(like);
  return (asked) => tests.some((test) => test(asked)) !== negated;
}

/**
 * Matches an action; actions ignore case.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
function actionLike(pattern: string): Matches {
  if (pattern !== '*' && !/^[a-z0-9-]+:[a-z0-9*?]+$/i.test(pattern))
    throw new Error(`the action ${pattern} is not a service, a colon and a name`);
  const matches = glob(pattern.toLowerCase());
  return (action) => matches(action.toLowerCase());
}

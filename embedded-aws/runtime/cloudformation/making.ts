import { AwsError } from '../../world/service.ts';
import { resolve } from '../stack/intrinsics.ts';
import type { Surroundings } from './events.ts';
import { valueOf } from './parameters.ts';
import type { Call, Made, ResourceType } from './resource-type.ts';
import { scopeOf } from './scope.ts';
import type { Stack, StackResource } from './stack.ts';
import { TYPES } from './types.ts';

export interface Work extends Surroundings {
  /** Makes the calls of a stack. */
  readonly callAs: (role: string) => Call;
}

export function outputsOf(stack: Stack): Stack['outputs'] {
  const scope = scopeIn(stack);
  return Object.fromEntries(
    Object.entries(stack.template.Outputs).map(([key, { Value }]) => [key, String(resolve(Value, scope))]),
  );
}

export function typeOf({ type }: Pick<StackResource, 'type'>): ResourceType {
  const found = TYPES.get(type);
  if (found === undefined) throw new Error(`${type} is not modelled`);
  return found;
}

export function madeOf(
  { callAs }: Work,
  { creator }: Stack,
  { created, properties }: Pick<StackResource, 'created' | 'properties'>,
): Made {
  return { ...(created ?? { ref: '', attributes: {} }), properties, call: callAs(creator) };
}

export function scopeIn(stack: Stack) {
  return scopeOf(stack, (name) => valueOf(stack.template, stack.parameters, name));
}

const MAX_NAME_CHARACTERS = 32;
const RANDOM_CHARACTERS = 12;

/**
 * Returns a generated name, short enough for load balancers and target groups.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
 */
export function nameOf({ random }: Work, { name }: Stack, id: string): string {
  const chance = random(`cloudformation/${name}/${id}`).hex(RANDOM_CHARACTERS);
  return `${`${name}-${id}`.slice(0, MAX_NAME_CHARACTERS - RANDOM_CHARACTERS - 1)}-${chance}`;
}

/** Returns a failure as the handlers of resource types write it. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = error instanceof AwsError ? error.code : 'NotStabilized';
  return `Resource handler returned message: "${error.message}" (HandlerErrorCode: ${code})`;
}

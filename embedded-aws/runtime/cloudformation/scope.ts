import { ACCOUNT, REGION } from '../../world/aws.ts';
import { NO_VALUE, type Scope } from '../stack/intrinsics.ts';
import type { Stack } from './stack.ts';

/**
 * Returns what the intrinsic functions of a stack refer to. A resource is referred to after its creation.
 * @param parameter returns the value of a parameter as the template sees it
 */
export function scopeOf(stack: Stack, parameter: (name: string) => unknown): Scope {
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::AccountId': ACCOUNT,
    'AWS::Region': REGION,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stack.name,
    'AWS::StackId': stack.id,
    'AWS::NoValue': NO_VALUE,
  };
  const createdOf = (id: string) => {
    const created = stack.resources.get(id)?.created;
    if (created === null || created === undefined) throw new Error(`${id} does not exist yet`);
    return created;
  };
  return {
    ref: (name) => {
      if (Object.hasOwn(pseudo, name)) return pseudo[name];
      if (Object.hasOwn(stack.template.Parameters, name)) return parameter(name);
      return createdOf(name).ref;
    },
    attribute: (id, attribute) => {
      const value = createdOf(id).attributes[attribute];
      if (value === undefined) throw new Error(`${id} has no attribute ${attribute} here`);
      return value;
    },
    condition: (name) => {
      throw new Error(`the condition ${name} is not modelled here`);
    },
  };
}

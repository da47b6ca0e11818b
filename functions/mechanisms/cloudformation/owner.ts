import { TARGET_TAG } from '../../../src/targets/tag.ts';
import { targetOf } from '../../../src/targets/kinds/cloudformation/target.ts';
import type { Stack } from './cloudformation.ts';

/**
 * StackSets name the stacks that they create so.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-concepts.html
 * Unknown: stackset-stack-name.
 */
const OF_STACK_SET = /^StackSet-(.+)-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Returns the root stack's target, if a stack is nested. */
export function rootOf({ root }: Stack): string | null {
  const name = root === null ? undefined : /:stack\/([^/]+)\//.exec(root)?.[1];
  return name === undefined ? null : targetOf(name);
}

/** Returns why another owner controls the stack, as an instruction to an operator. Null: none does. */
export function ownedBy(stack: Stack): string | null {
  const { name, tags } = stack;
  const target = targetOf(name);
  const root = rootOf(stack);
  if (root !== null)
    return `${name} is nested in ${root}: roll that back instead, because CloudFormation updates them together`;
  const set = OF_STACK_SET.exec(name)?.[1];
  if (set !== undefined)
    return `${name} belongs to the StackSet ${set}, which would update it again: CloudFormation has no way back for StackSets`;
  const owner = tags[TARGET_TAG];
  if (owner === undefined || owner.split(' ').includes(target)) return null;
  return `${owner} deploys ${target}, by the tag ${TARGET_TAG} of the stack: roll that back instead`;
}

/** The tag that names what deploys the stack, for people. */
export const PIPELINE_TAG = 'lastgood:pipeline';

import type { Tags } from './plan.ts';

/** CloudFormation tags what it has made. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html */
const STACK_TAG = 'aws:cloudformation:stack-name';

/** Kinds whose tags are those of a deployment group or of a hosted zone, whose stack names no revision. */
const TAGGED_ABOVE = /^(?:codedeploy|route53):/;

/** Returns the stack that has the tagged resource. Undefined: none is known. */
export function owningStack(tags: Tags): string | undefined {
  return tags[STACK_TAG];
}

/** Returns the stack whose template names the revision of a target. Undefined: none is known. */
export function stackOf(target: string, tags: Tags): string | undefined {
  return TAGGED_ABOVE.test(target) ? undefined : owningStack(tags);
}

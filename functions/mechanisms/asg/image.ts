/**
 * Matches an image that a launch template takes from a parameter: `resolve:ssm:/web/ami`, or `resolve:ssm:/web/ami:3`
 * with a version or label.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html
 */
const PARAMETER = /^resolve:ssm:(arn:[^:]+:ssm:[^:]*:\d*:parameter\/[^:]+|[^:]+)(?::(.+))?$/;

/** Returns the name or ARN of the parameter behind an image; null: the image is not from a parameter. */
export function parameterOf(image: string): string | null {
  return PARAMETER.exec(image)?.[1] ?? null;
}

/** Returns whether the same text may name another image later. A numbered version of a parameter never changes. */
export function canMove(image: string): boolean {
  const [, parameter, version = ''] = PARAMETER.exec(image) ?? [];
  return parameter !== undefined && !/^\d+$/.test(version);
}

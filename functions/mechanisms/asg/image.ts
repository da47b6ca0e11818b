/**
 * An image that a launch template takes from a parameter: `resolve:ssm:/web/ami`, with `:` and a version or label after
 * it where one is meant.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html
 */
const PARAMETER = /^resolve:ssm:(arn:[^:]+:ssm:[^:]*:\d*:parameter\/[^:]+|[^:]+)(?::(.+))?$/;

/** The name or ARN of the parameter behind an image; null where the image is not from one. */
export function parameterOf(image: string): string | null {
  return PARAMETER.exec(image)?.[1] ?? null;
}

/** Whether the same text may stand for another image tomorrow. A numbered version of a parameter never changes. */
export function canMove(image: string): boolean {
  const [, parameter, version = ''] = PARAMETER.exec(image) ?? [];
  return parameter !== undefined && !/^\d+$/.test(version);
}

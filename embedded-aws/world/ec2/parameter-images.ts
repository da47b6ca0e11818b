const PARAMETER = 'resolve:ssm:';

/**
 * Returns the parameter behind an image, as a template names it: `/web/ami`, `/web/ami:3` or an ARN. Null: the image is
 * not from a parameter.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html
 */
export function parameterIn(imageId: string): string | null {
  return imageId.startsWith(PARAMETER) ? imageId.slice(PARAMETER.length) : null;
}

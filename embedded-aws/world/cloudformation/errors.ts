import { AwsError } from '../service.ts';

/** The error of a wrong state too: the SDK models none for it. https://github.com/aws/aws-cdk-cli/issues/1973 */
export function invalid(message: string): AwsError {
  return new AwsError('ValidationError', message);
}

export function tokenExists(token: string): AwsError {
  return new AwsError(
    'TokenAlreadyExistsException',
    `A stack operation with the token ${token} exists already`,
  );
}

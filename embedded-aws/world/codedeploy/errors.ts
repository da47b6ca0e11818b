import { AwsError } from '../service.ts';

/*
 * Errors of https://docs.aws.amazon.com/codedeploy/latest/APIReference/CommonErrors.html and of each operation's page.
 */

export function noApplication(name: string): AwsError {
  return new AwsError('ApplicationDoesNotExistException', `No application found for name: ${name}`);
}

export function noGroup(name: string): AwsError {
  return new AwsError('DeploymentGroupDoesNotExistException', `No Deployment Group found for name: ${name}`);
}

export function noDeployment(id: string): AwsError {
  return new AwsError('DeploymentDoesNotExistException', `The deployment ${id} could not be found`);
}

export function noRevision(): AwsError {
  return new AwsError('RevisionDoesNotExistException', 'The application revision could not be found');
}

export function invalid(code: string, message: string): AwsError {
  return new AwsError(code, message);
}

/** Returns the error for parts of an AppSpec that AWS has and this simulation lacks. */
export function notModelled(parts: readonly string[]): AwsError {
  const message = `Not modelled in the embedded AWS: ${parts.join(', ')} in an AppSpec.`;
  return invalid('InvalidRevisionException', message);
}

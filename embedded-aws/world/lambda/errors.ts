import { AwsError } from '../service.ts';

/* Errors by the names and status codes of the API reference. Nothing may depend on the messages. */

export const notFound = (what: string): AwsError =>
  new AwsError('ResourceNotFoundException', `${what} not found`, 404);

export const invalid = (message: string): AwsError => new AwsError('InvalidParameterValueException', message);

export const conflict = (message: string): AwsError =>
  new AwsError('ResourceConflictException', message, 409);

export const preconditionFailed = (): AwsError =>
  new AwsError(
    'PreconditionFailedException',
    'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    412,
  );

export const noProvisioned = (): AwsError =>
  new AwsError(
    'ProvisionedConcurrencyConfigNotFoundException',
    'No Provisioned Concurrency Config found for this function',
    404,
  );

/** Returns the error for any other feature that AWS has and this simulation lacks. */
export const notModelled = (what: string): AwsError => invalid(`Not modelled in the embedded AWS: ${what}.`);

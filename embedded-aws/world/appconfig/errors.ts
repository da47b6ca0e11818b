import { AwsError } from '../service.ts';

/* Errors of https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_Operations.html */

export function badRequest(message: string): AwsError {
  return new AwsError('BadRequestException', message);
}

export function conflict(message: string): AwsError {
  return new AwsError('ConflictException', message, 409);
}

export function notFound(what: string, id: string | number): AwsError {
  return new AwsError('ResourceNotFoundException', `${what} ${id} could not be found.`, 404);
}

export function notModelled(what: string): AwsError {
  return badRequest(`Not modelled in the embedded AWS: ${what}.`);
}

import { AwsError } from '../service.ts';

/* Errors by the names and status codes of the API reference. Nothing may depend on the messages. */

export const notFound = (message: string): AwsError => new AwsError('NotFoundException', message, 404);

export const badRequest = (message: string): AwsError => new AwsError('BadRequestException', message);

export const conflict = (message: string): AwsError => new AwsError('ConflictException', message, 409);

/** Returns the error for any other feature that AWS has and this simulation lacks. */
export const notModelled = (what: string): AwsError =>
  badRequest(`Not modelled in the embedded AWS: ${what}.`);

import type { Variables } from './client.ts';
import type { Credentials } from './signature.ts';

/**
 * Returns the credentials of the function's own role, which Lambda keeps in its environment.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export function ownCredentials({ setting, variable }: Variables): Credentials {
  return {
    accessKeyId: setting('AWS_ACCESS_KEY_ID'),
    secretAccessKey: setting('AWS_SECRET_ACCESS_KEY'),
    sessionToken: variable('AWS_SESSION_TOKEN'),
  };
}

import { ACCOUNT, arn } from './aws.ts';

/** A parameter as callers name it, and the version that they ask for. */
export interface ParameterName {
  readonly name: string;
  /** A number. Absent: the newest. Labels are not modelled: no parameter has one. */
  readonly version?: string;
}

const OWN_ARN = new RegExp(`^arn:aws:ssm:[^:]+:${ACCOUNT}:parameter(/[^:]+)(?::(.+))?$`);

/**
 * Reads `name`, `name:version` or an ARN of this account. An ARN does not tell whether the name begins with a slash, so
 * a name without one must contain no other.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html
 */
export function parameterName(text: string): ParameterName {
  const [, path, ofArn] = OWN_ARN.exec(text) ?? [];
  if (path !== undefined) {
    const name = path.lastIndexOf('/') === 0 ? path.slice(1) : path;
    return { name, ...(ofArn !== undefined && { version: ofArn }) };
  }
  if (text.startsWith('arn:')) return { name: text };
  const [name = '', version] = text.split(':');
  return { name, ...(version !== undefined && { version }) };
}

/** Returns a parameter's ARN. A name that begins with a slash brings its own. */
export function parameterArn(text: string): string {
  const { name } = parameterName(text);
  if (name.startsWith('arn:')) return name.replace(/:[^:/]+$/, (end) => (/parameter$/.test(end) ? end : ''));
  // A public parameter belongs to no account.
  const account = name.startsWith('/aws/service/') ? '' : ACCOUNT;
  return arn('ssm', `parameter/${name.replace(/^\//, '')}`, { account });
}

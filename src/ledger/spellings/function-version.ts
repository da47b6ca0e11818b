import { either, unclear, type Spelling } from './spelled.ts';

/** A function and its version or alias. */
export interface Qualified {
  readonly name?: string;
  readonly qualifier: string;
}

/**
 * A full ARN, a partial one, `checkout:7` or `7`.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html#lambda-GetFunction-request-FunctionName
 */
const TEXT =
  /^(?:(?:arn:[\w-]+:lambda:[\w-]+:)?\d{12}:)?(?:function:)?(?:(?<name>[\w-]+):)?(?<qualifier>[\w$-]+)$/;

export function qualifiedIn(text: string): Qualified | null {
  const { name, qualifier } = TEXT.exec(text)?.groups ?? {};
  return qualifier === undefined ? null : { qualifier, ...(name !== undefined && { name }) };
}

export function isVersion(qualifier: string): boolean {
  return /^[1-9]\d*$/.test(qualifier);
}

/** Reads a version of the function in `checkout/live`. An alias and `$LATEST` name other code tomorrow. */
export function readVersion(text: string, resource: string): Spelling {
  const own = resource.slice(0, resource.lastIndexOf('/'));
  const found = qualifiedIn(text);
  if (found === null) return unclear(`${text} is no version of a function: give its number`);
  const { name = own, qualifier } = found;
  if (qualifier === own && !text.endsWith(`${own}:${own}`))
    return unclear(`${text} names no version: give its number`);
  if (name !== own) return unclear(`${text} is of the function ${name}, and not of ${own}`);
  if (isVersion(qualifier)) return either(text, qualifier, `${own}:${qualifier}`);
  return unclear(
    `${qualifier} is no published version, and names other code tomorrow: give a version's number`,
  );
}

import { AwsError } from '../../world/service.ts';

/**
 * Returns the condition of a filter pattern: terms that a line must all contain, or optional ones, `?ERROR ?"timed out"`,
 * of which one is enough. Terms count by case, and are quoted where they have more than word characters.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 * @throws AwsError for a pattern of another kind: JSON, columns, excluded terms, regular expressions, or both kinds of
 *   terms, of which the page says that the optional ones are ignored
 */
export function filterOf(pattern = ''): (message: string) => boolean {
  const words = pattern.trim().match(/\??"[^"]*"|\S+/g) ?? [];
  const other = words.find((word) => !/^\??("[^"]*"|\w+)$/.test(word));
  const optional = words.filter((word) => word.startsWith('?'));
  if (other !== undefined || (optional.length > 0 && optional.length < words.length))
    throw new AwsError(
      'InvalidParameterException',
      `Not modelled in the embedded AWS: a filter pattern with ${other ?? 'optional and other terms'}. It reads words and quoted phrases.`,
    );
  const terms = words.map((word) => word.replace(/^\?/, '').replaceAll('"', ''));
  return optional.length > 0
    ? (message) => terms.some((term) => message.includes(term))
    : (message) => terms.every((term) => message.includes(term));
}

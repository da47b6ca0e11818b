import { AwsError } from '../../world/service.ts';

/**
 * Returns the condition of a filter pattern: terms that a line must all contain, in the same case, quoted where they
 * have more than word characters.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 * @throws AwsError for a pattern of another kind: JSON, columns, optional or excluded terms, regular expressions
 */
export function filterOf(pattern = ''): (message: string) => boolean {
  const words = pattern.trim().match(/"[^"]*"|\S+/g) ?? [];
  const other = words.find((word) => !/^("[^"]*"|\w+)$/.test(word));
  if (other !== undefined)
    throw new AwsError(
      'InvalidParameterException',
      `Not modelled in the embedded AWS: a filter pattern with ${other}. It reads words and quoted phrases.`,
    );
  const terms = words.map((word) => word.replaceAll('"', ''));
  return (message) => terms.every((term) => message.includes(term));
}

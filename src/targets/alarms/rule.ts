/** A name in quotes, which may have parentheses and escaped quotes. */
const QUOTED = /"((?:[^"\\]|\\.)*)"/g;

/**
 * Says whether the rule of a composite alarm names an alarm, by its name or its ARN.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 */
export function namesAlarm(rule: string, nameOrArn: string): boolean {
  const quoted = [...rule.matchAll(QUOTED)].map(([, name = '']) => name.replaceAll(/\\(.)/g, '$1'));
  return [...quoted, ...bareNames(rule.replaceAll(QUOTED, ''))].includes(nameOrArn);
}

/** Returns all that stands in parentheses: `ALARM(web-5xx)`, or a list as in `AT_LEAST(1, ALARM, (web, api))`. */
function bareNames(rule: string): readonly string[] {
  const inside = [...rule.matchAll(/\(([^()]*)\)/g)].map(([, words = '']) => words);
  const words = inside.flatMap((all) => [all, ...all.split(',')]);
  return words.map((one) => one.trim().replace(/^'(.*)'$/, '$1'));
}

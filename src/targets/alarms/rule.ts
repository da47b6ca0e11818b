/** A name in quotes, which may have parentheses and escaped quotes. */
const QUOTED = /"((?:[^"\\]|\\.)*)"/g;
const INSIDE = /\(([^()]*)\)/g;

/**
 * Says whether the rule of a composite alarm names an alarm, by its name or its ARN. A list, as in
 * `AT_LEAST(1, ALARM, (web, api))`, names each of its words.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 */
export function namesAlarm(rule: string, nameOrArn: string): boolean {
  return namedIn(rule)
    .flatMap((words) => [words, ...words.split(',').map(withoutQuotes)])
    .includes(nameOrArn);
}

/**
 * Returns the names of the alarms that must all be in ALARM for a rule to hold. Null: the rule is not of this simple
 * form, `ALARM(web) AND ALARM("api")`, or names an ARN or escapes a name.
 */
export function neededBy(rule: string): readonly string[] | null {
  const operators = rule.replaceAll(QUOTED, '').replaceAll(INSIDE, ' ');
  const isSimple = /^[^:\\]*$/.test(rule) && /^(ALARM|AND|[()\s])+$/.test(operators);
  return isSimple ? namedIn(rule) : null;
}

/** A negated condition, which an alarm in ALARM does not help: `NOT ALARM(deploying)`, or `OK(deploying)`. */
const NEGATED = /\bNOT\s+ALARM\s*\(([^()]*)\)|(?<!NOT\s+)\bOK\s*\(([^()]*)\)/g;

/**
 * Says whether a rule names an alarm only where it must not be in ALARM. Such an alarm shows no harm. A name with parentheses,
 * and a negated group, count as needed.
 */
export function needsNotRed(rule: string, nameOrArn: string): boolean {
  return namesAlarm(rule, nameOrArn) && !namesAlarm(rule.replaceAll(NEGATED, ''), nameOrArn);
}

/** Returns what stands in quotes, and all else that stands alone in parentheses. */
function namedIn(rule: string): readonly string[] {
  const quoted = [...rule.matchAll(QUOTED)].map(([, name = '']) => name.replaceAll(/\\(.)/g, '$1'));
  const bare = [...rule.replaceAll(QUOTED, '').matchAll(INSIDE)].map(([, name = '']) => withoutQuotes(name));
  return [...quoted, ...bare.filter((name) => name !== '')];
}

function withoutQuotes(words: string): string {
  return words.trim().replace(/^'(.*)'$/, '$1');
}

import { isIP } from 'node:net';
import { AwsError } from '../../world/service.ts';
import { isObject, type Pattern } from './pattern.ts';

/**
 * Refuses a pattern that EventBridge refuses, with its reason. AWS adds the position, which is left out here. The
 * reasons are those of AWS's recorded answers (the event pattern tests of https://github.com/localstack/localstack),
 * and of the library that EventBridge publishes:
 * https://github.com/aws/event-ruler
 * @throws AwsError InvalidEventPatternException
 */
export function checkPattern(pattern: unknown): asserts pattern is Pattern {
  if (!isObject(pattern)) throw invalid('Filter is not an object');
  checkObject(pattern);
}

function invalid(reason: string): AwsError {
  return new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);
}

function checkObject(pattern: Readonly<Record<string, unknown>>): void {
  const fields = Object.entries(pattern);
  if (fields.length === 0) throw invalid('Empty objects are not allowed');
  for (const [key, wanted] of fields) {
    if (key === '$or') checkAlternatives(wanted);
    else if (isObject(wanted)) checkObject(wanted);
    else if (Array.isArray(wanted)) checkList(wanted);
    else throw invalid(`"${key}" must be an object or an array`);
  }
}

function checkAlternatives(wanted: unknown): void {
  if (!Array.isArray(wanted)) throw invalid('It must be an Array followed with $or.');
  for (const alternative of wanted as readonly unknown[]) {
    if (!isObject(alternative)) throw invalid('Only JSON object is allowed in array of $or relationship.');
    checkObject(alternative);
  }
  if (wanted.length < 2) throw invalid('There must have at least 2 Objects in $or relationship.');
}

function checkList(wanted: readonly unknown[]): void {
  if (wanted.length === 0) throw invalid('Empty arrays are not allowed');
  for (const matcher of wanted) {
    if (Array.isArray(matcher)) throw invalid('Match value must be String, number, true, false, or null');
    if (isObject(matcher)) checkExpression(matcher);
  }
}

function checkExpression(matcher: Readonly<Record<string, unknown>>): void {
  const [first, ...more] = Object.entries(matcher);
  if (first === undefined) throw invalid('Match expression name not found');
  const [operator, operand] = first;
  const check = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
  if (check === undefined) throw invalid(`Unrecognized match type ${operator}`);
  check(operand);
  if (more.length > 0) throw invalid('Only one key allowed in match expression');
}

const OPERATORS: Readonly<Record<string, (operand: unknown) => void>> = {
  prefix: (operand) => checkPart('prefix', operand),
  suffix: (operand) => checkPart('suffix', operand),
  'equals-ignore-case': (operand) => checkText('equals-ignore-case', operand),
  wildcard: (operand) => checkWildcard(checkText('wildcard', operand)),
  numeric: checkNumeric,
  'anything-but': checkAnythingBut,
  exists: (operand) => {
    if (typeof operand !== 'boolean') throw invalid('exists match pattern must be either true or false.');
  },
  // The reason names another operator, as recorded.
  cidr: (operand) => checkCidr(checkText('prefix', operand)),
};

function checkText(operator: string, operand: unknown): string {
  if (typeof operand !== 'string') throw invalid(`${operator} match pattern must be a string`);
  return operand;
}

function checkPart(operator: 'prefix' | 'suffix', operand: unknown): void {
  if (!isObject(operand)) {
    checkText(operator, operand);
    return;
  }
  const [[inner, text] = ['', undefined]] = Object.entries(operand);
  if (inner !== 'equals-ignore-case') throw invalid(`Unsupported ${operator} pattern: ${inner}`);
  checkText(inner, text);
}

/**
 * Unknown: wildcard-complexity. EventBridge refuses patterns that are too complex and gives no limit. A recorded one
 * with six wildcards is refused; assumed: five are not.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
const MAX_WILDCARDS = 5;

function checkWildcard(text: string): void {
  let wildcards = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') {
      if (!/[*\\]/.test(text[at + 1] ?? '')) throw invalid(`Invalid escape character at pos ${at}`);
      at++;
    } else if (text[at] === '*') {
      if (text[at + 1] === '*') throw invalid(`Consecutive wildcard characters at pos ${at}`);
      wildcards++;
    }
  }
  if (wildcards > MAX_WILDCARDS)
    throw invalid(
      'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
    );
}

/** Checks `["=", 5]`, one bound, or a lower bound and an upper one. */
function checkNumeric(operand: unknown): void {
  if (!Array.isArray(operand)) throw invalid('Value of numeric must be an array.');
  const [operator, value, upper, limit, ...more] = operand as readonly unknown[];
  if (typeof operator !== 'string') throw invalid(`Invalid member in numeric match: ${String(operator)}`);
  if (!['=', '<', '<=', '>', '>='].includes(operator))
    throw invalid(`Unrecognized numeric range operator: ${operator}`);
  checkNumber(operator === '=' ? 'equals' : operator, value);
  if (operand.length === 2) return;
  if (!operator.startsWith('>')) throw invalid('Too many elements in numeric expression');
  if (typeof upper !== 'string') throw invalid(`Bad value in numeric range: ${String(upper)}`);
  if (upper !== '<' && upper !== '<=') throw invalid(`Bad numeric range operator: ${upper}`);
  checkNumber(upper, limit);
  if (more.length > 0) throw invalid('Too many terms in numeric range expression');
}

function checkNumber(operator: string, value: unknown): void {
  if (typeof value !== 'number') throw invalid(`Value of ${operator} must be numeric`);
}

const NOT_A_VALUE = 'Value of anything-but must be an array or single string/number value.';

function checkAnythingBut(operand: unknown): void {
  if (isObject(operand)) {
    checkAnythingButExpression(operand);
  } else if (!Array.isArray(operand)) {
    if (typeof operand !== 'string' && typeof operand !== 'number') throw invalid(NOT_A_VALUE);
  } else {
    const types = new Set(operand.map((value: unknown) => typeof value));
    if ([...types].some((type) => type !== 'string' && type !== 'number'))
      throw invalid('Inside anything but list, start|null|boolean is not supported.');
    if (types.size !== 1)
      throw invalid(
        'Inside anything but list, either all values are number or string, mixed type is not supported',
      );
  }
}

const PART_NOT_TEXT = 'prefix/suffix match pattern must be a string';

/** The operators inside `anything-but`, each with its reason for what is no text. */
const NOT_TEXT: Readonly<Record<string, string>> = {
  'equals-ignore-case':
    'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
  prefix: PART_NOT_TEXT,
  suffix: PART_NOT_TEXT,
  wildcard: 'wildcard match pattern must be a string',
};

function checkAnythingButExpression(operand: Readonly<Record<string, unknown>>): void {
  const [[operator, texts] = ['', undefined], ...more] = Object.entries(operand);
  const notText = NOT_TEXT[operator];
  if (notText === undefined) throw invalid(`Unsupported anything-but pattern: ${operator}`);
  if (isObject(texts) || texts === null || typeof texts === 'boolean') throw invalid(NOT_A_VALUE);
  for (const text of Array.isArray(texts) ? (texts as readonly unknown[]) : [texts]) {
    if (typeof text !== 'string') throw invalid(notText);
    if (text === '' && notText === PART_NOT_TEXT) throw invalid('Null prefix/suffix not allowed');
    if (operator === 'wildcard') checkWildcard(text);
  }
  if (more.length > 0) throw invalid('Only one key allowed in match expression');
}

function checkCidr(text: string): void {
  const [address = '', mask, ...more] = text.split('/');
  if (mask === undefined || more.length > 0) throw invalid("Malformed CIDR, one '/' required");
  if (!/^[+-]?\d+$/.test(mask)) throw invalid('Malformed CIDR, mask bits must be an integer');
  if (Number(mask) < 0) throw invalid('Malformed CIDR, mask bits must not be negative');
  const family = isIP(address);
  if (family === 0) throw invalid(`Nonstandard IP address: ${address}`);
  const end = family === 4 ? 32 : 128;
  if (Number(mask) >= end) throw invalid(`IPv${family} mask bits must be < ${end}`);
}

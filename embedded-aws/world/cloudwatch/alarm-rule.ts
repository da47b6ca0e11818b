import { AwsError } from '../service.ts';
import type { StateValue } from './evaluation.ts';

/** A parsed rule expression of a composite alarm. */
export type AlarmRule =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'is'; readonly state: StateValue; readonly alarm: string }
  | { readonly kind: 'not'; readonly of: AlarmRule }
  | { readonly kind: 'and' | 'or'; readonly left: AlarmRule; readonly right: AlarmRule };

const STATES: readonly string[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];

/**
 * Parses a rule expression. `NOT` binds tighter than `AND`, and `AND` tighter than `OR`. Double quotes around an
 * alarm's name or ARN are optional unless it holds spaces or parentheses.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 * @throws AwsError `ValidationError` that quotes the rule
 */
export function parseAlarmRule(text: string): AlarmRule {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[()]|[^\s()"]+/g) ?? [];
  let next = 0;
  const wrong = (): AwsError =>
    new AwsError('ValidationError', `Error in AlarmRule '${text}': cannot be parsed`);
  const take = (token: string): boolean => tokens[next] === token && ++next > 0;
  const expect = (token: string): void => {
    if (!take(token)) throw wrong();
  };

  const either = (): AlarmRule => {
    let left = both();
    while (take('OR')) left = { kind: 'or', left, right: both() };
    return left;
  };
  const both = (): AlarmRule => {
    let left = term();
    while (take('AND')) left = { kind: 'and', left, right: term() };
    return left;
  };
  const term = (): AlarmRule => {
    if (take('NOT')) return { kind: 'not', of: term() };
    if (take('TRUE')) return { kind: 'constant', value: true };
    if (take('FALSE')) return { kind: 'constant', value: false };
    if (take('(')) return closed(either());
    return condition();
  };
  const closed = (rule: AlarmRule): AlarmRule => {
    expect(')');
    return rule;
  };
  const condition = (): AlarmRule => {
    const state = tokens[next++];
    if (state === undefined || !isState(state)) throw wrong();
    expect('(');
    const alarm = tokens[next++];
    if (alarm === undefined || alarm === ')' || alarm === '(') throw wrong();
    return closed({ kind: 'is', state, alarm: alarm.replace(/^"(.*)"$/, '$1').replaceAll('\\"', '"') });
  };

  const rule = either();
  if (next !== tokens.length) throw wrong();
  return rule;
}

const isState = (word: string): word is StateValue => STATES.includes(word);

/** Returns the alarms that a rule names, by name or ARN as written, each once. */
export function alarmsIn(rule: AlarmRule): readonly string[] {
  switch (rule.kind) {
    case 'constant':
      return [];
    case 'is':
      return [rule.alarm];
    case 'not':
      return alarmsIn(rule.of);
    case 'and':
    case 'or':
      return [...new Set([...alarmsIn(rule.left), ...alarmsIn(rule.right)])];
  }
}

export function holds(rule: AlarmRule, stateOf: (alarm: string) => StateValue | undefined): boolean {
  switch (rule.kind) {
    case 'constant':
      return rule.value;
    case 'is':
      return stateOf(rule.alarm) === rule.state;
    case 'not':
      return !holds(rule.of, stateOf);
    case 'and':
      return holds(rule.left, stateOf) && holds(rule.right, stateOf);
    case 'or':
      return holds(rule.left, stateOf) || holds(rule.right, stateOf);
  }
}

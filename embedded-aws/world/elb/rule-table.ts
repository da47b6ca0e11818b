import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { forwardsOf } from './forwards.ts';

/** What the table reads of a rule. */
interface Tabled {
  readonly arn: string;
  readonly listener: object;
  readonly priority: number | 'default';
  readonly actions: readonly Action[];
}

/** A rule, and its place in the order of creation. */
interface Entry<Rule> {
  readonly rule: Rule;
  readonly place: number;
}

/** The rules of all listeners, by ARN. They are looked up by listener and by target group far more often than changed. */
export class RuleTable<Rule extends Tabled> {
  readonly #entries = new Map<string, Entry<Rule>>();
  readonly #ofListener = new Map<Rule['listener'], Set<string>>();
  readonly #usingGroup = new Map<string, Set<string>>();
  /** The rules of a listener in the order of evaluation, until one of them changes. */
  readonly #inOrder = new Map<Rule['listener'], readonly Rule[]>();
  #places = 0;

  get(arn: string): Rule | undefined {
    return this.#entries.get(arn)?.rule;
  }

  /** Adds a rule, or replaces the one with its ARN. */
  put(rule: Rule): void {
    const before = this.#entries.get(rule.arn);
    if (before !== undefined) this.delete(rule.arn);
    this.#entries.set(rule.arn, { rule, place: before?.place ?? this.#places++ });
    within(this.#ofListener, rule.listener).add(rule.arn);
    for (const { targetGroupArn } of forwardsOf(rule.actions))
      within(this.#usingGroup, targetGroupArn).add(rule.arn);
    this.#inOrder.delete(rule.listener);
  }

  delete(arn: string): void {
    const rule = this.get(arn);
    if (rule === undefined) return;
    this.#entries.delete(arn);
    this.#ofListener.get(rule.listener)?.delete(arn);
    for (const { targetGroupArn } of forwardsOf(rule.actions))
      this.#usingGroup.get(targetGroupArn)?.delete(arn);
    this.#inOrder.delete(rule.listener);
  }

  /** Returns a listener's rules in the order of evaluation: by priority, the default last. */
  of(listener: Rule['listener']): readonly Rule[] {
    const known = this.#inOrder.get(listener);
    if (known !== undefined) return known;
    const order = ({ priority }: Rule): number => (priority === 'default' ? Infinity : priority);
    const rules = this.#all(this.#ofListener.get(listener)).sort(
      (one, other) => order(one) - order(other) || 0,
    );
    this.#inOrder.set(listener, rules);
    return rules;
  }

  /** Returns the rules, default ones included, that forward to a group with any weight, also zero. */
  using(targetGroupArn: string): readonly Rule[] {
    return this.#all(this.#usingGroup.get(targetGroupArn));
  }

  isUsed(targetGroupArn: string): boolean {
    return (this.#usingGroup.get(targetGroupArn)?.size ?? 0) > 0;
  }

  /** Returns rules in the order of their creation. */
  #all(arns: ReadonlySet<string> = new Set()): Rule[] {
    return [...arns]
      .flatMap((arn) => this.#entries.get(arn) ?? [])
      .sort((one, other) => one.place - other.place)
      .map(({ rule }) => rule);
  }
}

function within<Key>(sets: Map<Key, Set<string>>, key: Key): Set<string> {
  const found = sets.get(key) ?? new Set<string>();
  sets.set(key, found);
  return found;
}

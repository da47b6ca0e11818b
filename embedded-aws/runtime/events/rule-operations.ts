import type {
  DeleteRuleCommandInput,
  DescribeRuleCommandInput,
  ListTargetsByRuleCommandInput,
  PutRuleCommandInput,
  PutTargetsCommandInput,
  RemoveTargetsCommandInput,
} from '@aws-sdk/client-eventbridge';
import { arn } from '../../world/aws.ts';
import { AwsError, type Access, type Operation } from '../../world/service.ts';
import { busName } from '../stack/identities.ts';
import { targetOf } from '../stack/rules.ts';
import type { Rule, Target } from '../stack/stack.ts';
import type { Bus } from './bus.ts';
import { checkPattern } from './check-pattern.ts';

/** A rule in an input: PutRule names it `Name`, the operations on targets `Rule`. */
interface OfRule {
  readonly Name?: string | undefined;
  readonly Rule?: string | undefined;
  readonly EventBusName?: string | undefined;
}

/** The targets that are modelled, by the service in their ARN. */
const TARGETS = ['lambda', 'sqs'];

/**
 * The operations on rules with an event pattern. Schedules, disabled rules and other targets are refused. A target that
 * does not let the rule in is only seen at a delivery, as on AWS.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
 */
export function ruleOperations(bus: Bus): Readonly<Record<string, Operation>> {
  const operation = (action: string, run: Operation['run']): Operation => ({
    authorize: (input: OfRule): readonly Access[] => [
      { action: `events:${action}`, resource: ruleArn(busName(input.EventBusName), nameOf(input)) },
    ],
    run,
  });
  return {
    PutRule: operation('PutRule', (input: PutRuleCommandInput) => ({ RuleArn: putRule(bus, input).arn })),
    DescribeRule: operation('DescribeRule', (input: DescribeRuleCommandInput) => shownRule(get(bus, input))),
    DeleteRule: operation('DeleteRule', (input: DeleteRuleCommandInput) => {
      const rule = get(bus, input);
      if (rule.targets.length > 0) throw invalid("Rule can't be deleted since it has targets.");
      bus.rules.splice(bus.rules.indexOf(rule), 1);
      return {};
    }),
    PutTargets: operation('PutTargets', (input: PutTargetsCommandInput) => {
      const added = (input.Targets ?? []).map((target) => targetOf({ ...target }));
      added.forEach(refuseOther);
      setTargets(bus, get(bus, input), (before) => [
        ...without(
          before,
          added.map(({ id }) => id),
        ),
        ...added,
      ]);
      return { FailedEntryCount: 0, FailedEntries: [] };
    }),
    RemoveTargets: operation('RemoveTargets', (input: RemoveTargetsCommandInput) => {
      setTargets(bus, get(bus, input), (before) => without(before, input.Ids ?? []));
      return { FailedEntryCount: 0, FailedEntries: [] };
    }),
    ListTargetsByRule: operation('ListTargetsByRule', (input: ListTargetsByRuleCommandInput) => ({
      Targets: get(bus, input).targets.map(({ id, arn: targetArn, input: text }) => ({
        Id: id,
        Arn: targetArn,
        ...(text !== undefined && { Input: text }),
      })),
    })),
  };
}

/** Describes a rule, as ListRules and DescribeRule do. */
export function shownRule({ name, arn: ruleArn, bus, pattern, schedule }: Rule) {
  return {
    Name: name,
    Arn: ruleArn,
    State: 'ENABLED',
    EventBusName: bus,
    ...(pattern !== undefined && { EventPattern: JSON.stringify(pattern) }),
    ...(schedule !== undefined && { ScheduleExpression: schedule }),
  };
}

/** Creates a rule, or changes its pattern: its targets stay. */
function putRule(bus: Bus, input: PutRuleCommandInput): Rule {
  const { ScheduleExpression, State = 'ENABLED', EventPattern } = input;
  if (ScheduleExpression !== undefined || State !== 'ENABLED' || EventPattern === undefined)
    throw invalid('Not modelled in the embedded AWS: a rule that is disabled or has no event pattern.');
  const [on, name] = [busName(input.EventBusName), nameOf(input)];
  if (on !== 'default' && !bus.rules.some((rule) => rule.bus === on))
    throw new AwsError('ResourceNotFoundException', `Event bus ${on} does not exist.`);
  const found = find(bus, input);
  const targets = found?.targets ?? [];
  const rule: Rule = { name, arn: ruleArn(on, name), bus: on, pattern: patternOf(EventPattern), targets };
  replace(bus, found, rule);
  return rule;
}

/** @throws AwsError InvalidEventPatternException */
function patternOf(text: string): NonNullable<Rule['pattern']> {
  const pattern: unknown = parsed(text);
  checkPattern(pattern);
  return pattern;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function setTargets(bus: Bus, rule: Rule, change: (before: readonly Target[]) => readonly Target[]): void {
  replace(bus, rule, { ...rule, targets: change(rule.targets) });
}

function replace(bus: Bus, before: Rule | undefined, rule: Rule): void {
  if (before === undefined) bus.rules.push(rule);
  else bus.rules[bus.rules.indexOf(before)] = rule;
}

function without(targets: readonly Target[], ids: readonly string[]): readonly Target[] {
  return targets.filter(({ id }) => !ids.includes(id));
}

function refuseOther({ arn: targetArn }: Target): void {
  if (!TARGETS.includes(targetArn.split(':')[2] ?? ''))
    throw invalid(`Not modelled in the embedded AWS: the target ${targetArn}.`);
}

/** @throws AwsError ResourceNotFoundException */
function get(bus: Bus, input: OfRule): Rule {
  const found = find(bus, input);
  if (found !== undefined) return found;
  const message = `Rule ${nameOf(input)} does not exist on EventBus ${busName(input.EventBusName)}.`;
  throw new AwsError('ResourceNotFoundException', message);
}

function find(bus: Bus, input: OfRule): Rule | undefined {
  return bus.rules.find((rule) => rule.bus === busName(input.EventBusName) && rule.name === nameOf(input));
}

function nameOf({ Name, Rule: name }: OfRule): string {
  return Name ?? name ?? '';
}

/** The default bus has no part in its rules' ARNs. */
function ruleArn(bus: string, name: string): string {
  return arn('events', `rule/${bus === 'default' ? '' : `${bus}/`}${name}`);
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

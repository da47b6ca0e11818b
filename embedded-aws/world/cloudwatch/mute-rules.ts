import type {
  GetAlarmMuteRuleInput,
  GetAlarmMuteRuleOutput,
  ListAlarmMuteRulesInput,
  ListAlarmMuteRulesOutput,
  PutAlarmMuteRuleInput,
} from '@aws-sdk/client-cloudwatch';
import { arn, type Surroundings } from '../aws.ts';
import { AwsError, type Access } from '../service.ts';
import { stamp } from './alarms.ts';
import { alarmArn, limit } from './limits.ts';

/** One window that mutes the actions of some alarms, in milliseconds since the epoch. */
interface MuteRule {
  readonly arn: string;
  readonly alarms: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly updatedAt: number;
}

/**
 * The mute details in a muted alarm's event.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
export interface MuteDetail {
  readonly mutedByArn: string;
  readonly muteWindowStart: string;
  readonly muteWindowEnd: string;
}

/**
 * The mute rules: one-time windows in UTC. AWS runs muted actions at the end of a window; this is not modelled.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutAlarmMuteRule.html
 */
export class MuteRules {
  readonly #rules = new Map<string, MuteRule>();
  readonly #clock: Surroundings['clock'];

  constructor({ clock }: Surroundings) {
    this.#clock = clock;
  }

  put({ Name = '', Rule, MuteTargets }: PutAlarmMuteRuleInput): object {
    const { Expression = '', Duration = '', Timezone = 'UTC' } = Rule?.Schedule ?? {};
    if (Name === '') throw new AwsError('ValidationError', 'Name is required');
    if (Timezone !== 'UTC') throw new Error('the embedded AWS models mute rules by UTC only');
    const from = startOf(Expression);
    const to = from + lengthOf(Duration);
    const alarms = MuteTargets?.AlarmNames ?? [];
    this.#rules.set(Name, { arn: ruleArn(Name), alarms, from, to, updatedAt: this.#clock.now() });
    return {};
  }

  /** @throws AwsError `ResourceNotFoundException` */
  get({ AlarmMuteRuleName: name = '' }: GetAlarmMuteRuleInput): GetAlarmMuteRuleOutput {
    const rule = this.#rules.get(name);
    if (rule === undefined) throw new AwsError('ResourceNotFoundException', `Unknown mute rule ${name}`, 404);
    return {
      Name: name,
      AlarmMuteRuleArn: rule.arn,
      MuteTargets: { AlarmNames: [...rule.alarms] },
      Status: this.#statusOf(rule),
      MuteType: 'ONE_TIME',
      LastUpdatedTimestamp: new Date(rule.updatedAt),
    };
  }

  list({ AlarmName, Statuses = [] }: ListAlarmMuteRulesInput): ListAlarmMuteRulesOutput {
    const chosen = [...this.#rules.values()].filter(
      (rule) =>
        (AlarmName === undefined || rule.alarms.includes(AlarmName)) &&
        (Statuses.length === 0 || Statuses.includes(this.#statusOf(rule))),
    );
    return {
      AlarmMuteRuleSummaries: chosen.map((rule) => ({
        AlarmMuteRuleArn: rule.arn,
        Status: this.#statusOf(rule),
        MuteType: 'ONE_TIME',
        LastUpdatedTimestamp: new Date(rule.updatedAt),
      })),
    };
  }

  /** Returns the rule that mutes an alarm's actions now, or null. */
  detailOf(alarm: string): MuteDetail | null {
    const rules = [...this.#rules.values()].filter((rule) => rule.alarms.includes(alarm));
    const rule = rules.find((one) => this.#statusOf(one) === 'ACTIVE');
    if (rule === undefined) return null;
    return {
      mutedByArn: rule.arn,
      muteWindowStart: stamp(rule.from),
      muteWindowEnd: stamp(rule.to),
    };
  }

  #statusOf({ from, to }: MuteRule): 'SCHEDULED' | 'ACTIVE' | 'EXPIRED' {
    const now = this.#clock.now();
    if (now < from) return 'SCHEDULED';
    return now < to ? 'ACTIVE' : 'EXPIRED';
  }
}

/**
 * The operations on mute rules. PutAlarmMuteRule checks the rule and each target alarm, ListAlarmMuteRules all rules
 * (Service Authorization Reference, Amazon CloudWatch).
 */
export function muteOperations(rules: MuteRules) {
  return {
    PutAlarmMuteRule: {
      bucket: limit.muteRules,
      authorize: ({ Name = '', MuteTargets }: PutAlarmMuteRuleInput): readonly Access[] =>
        [ruleArn(Name), ...(MuteTargets?.AlarmNames ?? []).map(alarmArn)].map((resource) => ({
          action: 'cloudwatch:PutAlarmMuteRule',
          resource,
        })),
      run: (input: PutAlarmMuteRuleInput) => rules.put(input),
    },
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetAlarmMuteRule.html
    GetAlarmMuteRule: {
      bucket: limit.muteRules,
      authorize: ({ AlarmMuteRuleName = '' }: GetAlarmMuteRuleInput): readonly Access[] => [
        { action: 'cloudwatch:GetAlarmMuteRule', resource: ruleArn(AlarmMuteRuleName) },
      ],
      run: (input: GetAlarmMuteRuleInput) => rules.get(input),
    },
    ListAlarmMuteRules: {
      bucket: limit.muteRules,
      authorize: (): readonly Access[] => [
        { action: 'cloudwatch:ListAlarmMuteRules', resource: ruleArn('*') },
      ],
      run: (input: ListAlarmMuteRulesInput) => rules.list(input),
    },
  };
}

function ruleArn(name: string): string {
  return arn('cloudwatch', `alarm-mute-rule:${name}`);
}

/** Parses `at(2026-11-22T02:00)`. */
function startOf(expression: string): number {
  const [, at] = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d)\)$/.exec(expression) ?? [];
  if (at === undefined) throw new Error(`the embedded AWS does not model the schedule ${expression}`);
  return Date.parse(`${at}:00.000Z`);
}

/** Parses an ISO 8601 duration, from `PT1M` to `P15D`. */
function lengthOf(duration: string): number {
  const [, days = 0, hours = 0, minutes = 0] =
    /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(duration) ?? [];
  const length = (Number(days) * 1440 + Number(hours) * 60 + Number(minutes)) * 60_000;
  if (length < 60_000 || length > 15 * 86_400_000)
    throw new AwsError('ValidationError', 'Duration must be from PT1M to P15D');
  return length;
}

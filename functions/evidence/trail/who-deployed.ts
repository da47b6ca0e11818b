import { LookupEventsCommand, type CloudTrailClient, type LookupAttribute } from '@aws-sdk/client-cloudtrail';
import type { Companion } from '../../../src/rollback/evidence.ts';
import type { Planned } from '../../../src/rollback/document.ts';
import { after } from '../../../src/rollback/time.ts';
import { releasedAt } from '../ecs/service-events.ts';
import type { EvidenceSource } from '../source.ts';
import { isAbout, lineOf, readCall, type TrailCall } from './call.ts';
import { deployCallTo, namesIn } from './deploy-call.ts';

type Client = Pick<CloudTrailClient, 'send'>;

const MAX_EVENTS = 50;
const SECONDS_AROUND = 120;
const SECONDS_BEFORE = 600;
const MAX_OTHERS = 12;

/** Calls that change nothing of a service, and that busy accounts make all the time. */
const NOISE =
  /^(?:CreateLog|PutLog|AssumeRole|StartQuery|UpdateInstanceInformation|SendHeartbeat|ConsoleLogin)/;

/**
 * Reads who deployed the revision at fault, and which other calls changed something since ten minutes before. Two calls,
 * one after the other, because an account has two a second. CloudTrail shows a call up to 15 minutes late.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html
 */
export function whoDeployed(client: Client, region: string): EvidenceSource {
  return {
    name: 'who deployed',
    async read(rollback, signal) {
      const { target } = rollback.request;
      const released = releasedAt(rollback);
      const name = deployCallTo(target, region);
      const around = { from: after(released, -SECONDS_AROUND), to: after(released, SECONDS_AROUND) };
      const deploys =
        name === null
          ? []
          : await lookUp(client, { AttributeKey: 'EventName', AttributeValue: name }, around, signal);
      const own = deploys.filter((call) => namesIn(target).every((one) => isAbout(call, one)));
      const since = { from: after(released, -SECONDS_BEFORE), to: rollback.plan.at };
      const writes = await lookUp(
        client,
        { AttributeKey: 'ReadOnly', AttributeValue: 'false' },
        since,
        signal,
      );
      const others = writes.filter((call) => isOther(call, own)).slice(0, MAX_OTHERS);
      return {
        lines: [
          ...(own.length > 0 ? own.map(lineOf) : [notShown(name, around)]),
          ...others.map((call) => `also: ${lineOf(call)}`),
        ],
        companions: others.flatMap((call) => companionOf(call, rollback)),
      };
    },
  };
}

interface Window {
  readonly from: string;
  readonly to: string;
}

async function lookUp(
  client: Client,
  attribute: LookupAttribute,
  { from, to }: Window,
  abortSignal: AbortSignal,
): Promise<readonly TrailCall[]> {
  const command = new LookupEventsCommand({
    LookupAttributes: [attribute],
    StartTime: new Date(from),
    EndTime: new Date(to),
    MaxResults: MAX_EVENTS,
  });
  const { Events = [] } = await client.send(command, { abortSignal });
  return Events.flatMap((event) => readCall(event) ?? []);
}

function isOther({ isOfAws, name, by, at }: TrailCall, own: readonly TrailCall[]): boolean {
  if (isOfAws || NOISE.test(name) || /[:/]lastgood-/.test(by)) return false;
  return !own.some((call) => call.name === name && call.at === at);
}

function notShown(name: string | null, { from, to }: Window): string {
  if (name === null) return 'CloudTrail of this Region does not show who deployed';
  const command = `aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=${name} --start-time ${from} --end-time ${to}`;
  return `CloudTrail shows no ${name} of it yet, and may up to 15 minutes after the call: ${command}`;
}

/** What a call changes, where it names a part of the target that no way back puts back. */
const CHANGES: Readonly<Record<string, Companion['of']>> = {
  ModifyTargetGroup: 'health-check',
  ModifyTargetGroupAttributes: 'target-group',
  ModifyListener: 'listener',
  ModifyRule: 'listener',
  RegisterScalableTarget: 'scaling-limits',
};

/** CloudTrail knows no earlier value, so there is no command. */
function companionOf(call: TrailCall, { request: { target }, plan }: Planned): readonly Companion[] {
  const of = CHANGES[call.name];
  if (of === undefined || target.startsWith('elb:')) return [];
  const parts = [...plan.watch.targetGroups.map(({ arn }) => arn), ...serviceOf(plan)];
  if (!parts.some((part) => isAbout(call, part))) return [];
  return [{ of, says: `${call.name} was called at ${call.at}, by ${call.by}.` }];
}

/** Returns the name of a service in Application Auto Scaling. */
function serviceOf({ watch: { tasks } }: Planned['plan']): readonly string[] {
  return tasks === undefined ? [] : [`service/${tasks.cluster}/${tasks.service}`];
}

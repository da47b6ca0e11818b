import { LookupEventsCommand, type CloudTrailClient, type LookupAttribute } from '@aws-sdk/client-cloudtrail';
import type { Companion } from '../../../src/rollback/evidence.ts';
import type { Planned } from '../../../src/rollback/document.ts';
import { after } from '../../../src/rollback/time.ts';
import { isNamed, type DeployCall } from '../../../src/targets/deploy-call.ts';
import { releasedAt, releaseOf } from '../released-at.ts';
import type { EvidenceSource } from '../source.ts';
import { isAbout, lineOf, readCall, type TrailCall } from './call.ts';
import { companionOf, hasLimits, partChanged, type PartChange } from './companions.ts';
import { kinds } from './kinds.ts';

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
      const { namesFor, isAbout: isDeploying, secondsBefore = SECONDS_AROUND } = deployCallOf(target);
      const [name, ...lessUsual] = namesFor(target, region);
      const around = { from: after(released, -secondsBefore), to: after(released, SECONDS_AROUND) };
      const deploysBy = async (eventName: string) => {
        const attribute = { AttributeKey: 'EventName', AttributeValue: eventName } as const;
        const calls = await lookUp(client, attribute, around, signal);
        return ofRelease(
          calls.filter(({ named }) => isDeploying(target, named)),
          rollback,
        );
      };
      let own = name === undefined ? [] : await deploysBy(name);
      const since = { from: after(released, -SECONDS_BEFORE), to: rollback.plan.at };
      const writes = await lookUp(
        client,
        { AttributeKey: 'ReadOnly', AttributeValue: 'false' },
        since,
        signal,
      );
      // AWS may refuse a third call within the second. The line then says how to ask again.
      for (const other of lessUsual) if (own.length === 0) own = await deploysBy(other).catch(() => []);
      const others = writes.filter((call) => isOther(call, own)).slice(0, MAX_OTHERS);
      return {
        lines: [
          ...(own.length > 0 ? own.map(lineOf) : notShown(namesFor(target, region), around)),
          ...others.map((call) => `also: ${lineOf(call)}`),
        ],
        companions: await companionsIn(client, others, rollback, signal),
      };
    },
  };
}

function deployCallOf(target: string): DeployCall {
  return kinds[target.slice(0, target.indexOf(':'))] ?? UNKNOWN;
}

const UNKNOWN: DeployCall = { namesFor: () => [], isAbout: () => false };

/** Returns the calls that answered with the id of the release. Returns all calls if none did. */
function ofRelease(calls: readonly TrailCall[], rollback: Planned): readonly TrailCall[] {
  const id = releaseOf(rollback)?.id;
  const exact = id === undefined ? [] : calls.filter(({ answered }) => isNamed(id, answered));
  return exact.length > 0 ? exact : calls;
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

function notShown(names: readonly string[], { from, to }: Window): readonly string[] {
  if (names.length === 0) return ['CloudTrail of this Region does not show who deployed'];
  return names.map((name) => {
    const command = `aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=${name} --start-time ${from} --end-time ${to}`;
    return `CloudTrail shows no ${name} of it yet, and may up to 15 minutes after the call: ${command}`;
  });
}

/** How far back CloudTrail is asked for the earlier values. Event history has 90 days. */
const SECONDS_OF_LIMITS = 30 * 86_400;

/** Returns what the calls changed besides the revision. Asks once for the earlier limits, and only after a call set some. */
async function companionsIn(
  client: Client,
  calls: readonly TrailCall[],
  rollback: Planned,
  signal: AbortSignal,
): Promise<readonly Companion[]> {
  const changes = calls.flatMap((call) => partChanged(call, rollback) ?? []);
  const limits = changes.find(hasLimits);
  const earlier = limits === undefined ? null : await earlierThan(client, limits, rollback, signal);
  return changes.flatMap((change) =>
    companionOf(change, hasLimits(change) ? (earlier ?? undefined) : undefined),
  );
}

/** Returns the newest call before the release that set the same limits. Null: none is shown, or AWS refuses a third call. */
async function earlierThan(
  client: Client,
  { call, part }: PartChange,
  rollback: Planned,
  signal: AbortSignal,
): Promise<TrailCall | null> {
  const to = after(releasedAt(rollback), -SECONDS_BEFORE);
  const attribute = { AttributeKey: 'EventName', AttributeValue: call.name } as const;
  const window = { from: after(to, -SECONDS_OF_LIMITS), to };
  const found = await lookUp(client, attribute, window, signal).catch(() => []);
  return found.find((one) => isAbout(one, part) && Object.keys(one.numbers).length > 0) ?? null;
}

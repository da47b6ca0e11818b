import type { LookupEventsResponse } from '@aws-sdk/client-cloudtrail';
import { TARGET } from '../ecs/target.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { BACK, bad } from './causes.ts';
import { allOf, found, linesOf } from './found.ts';

const FAULTY = { errorRate: 0.4 };

/** Plays a release whose calls CloudTrail shows so many seconds later. */
function shownAfter(seconds: number): Scenario['play'] {
  return bad({
    behaviour: FAULTY,
    before: ({ world }) => {
      world.cloudtrail.delay = { min: seconds, max: seconds };
    },
  });
}

/** Who deployed, by CloudTrail, whose Event history is late: five minutes on average, and at most 15. */
export const lateTrail: readonly Scenario[] = [
  {
    name: 'evidence-trail-in-time',
    shows: 'CloudTrail shows the release after a minute: the evidence says who deployed, and with which tool',
    target: TARGET,
    play: shownAfter(60),
    ends: {
      ...BACK,
      also: found(
        'who deployed',
        /^\S+Z ecs UpdateService by arn:aws:sts::\d+:assumed-role\/operator\/session, with aws-cli\//,
      ),
    },
  },
  {
    name: 'evidence-trail-late',
    shows:
      'CloudTrail shows the release after 15 minutes, when it is rolled back already: the command that asks again finds it',
    target: TARGET,
    async play(stage) {
      await shownAfter(900)(stage);
      await stage.minutes(15);
    },
    ends: {
      ...BACK,
      also: allOf(
        found(
          'who deployed',
          /^CloudTrail shows no UpdateService of it yet, and may up to 15 minutes after the call: aws /,
        ),
        asksAgain,
      ),
    },
  },
];

/** Makes the call of the command that the evidence prints. Returns null if it finds the release, or else what it found. */
function asksAgain(stage: Stage): string | null {
  const [line = ''] = linesOf(stage, 'who deployed');
  const [, EventName, from = '', to = ''] =
    /AttributeKey=EventName,AttributeValue=(\w+) --start-time (\S+) --end-time (\S+)$/.exec(line) ?? [];
  const lookUp = stage.world.cloudtrail.operations['LookupEvents'];
  const input = {
    LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: EventName }],
    StartTime: new Date(from),
    EndTime: new Date(to),
  };
  const { Events = [] } = lookUp?.run(input as never, { role: 'operator' }) as LookupEventsResponse;
  const isRelease = Events.some(({ CloudTrailEvent = '' }) => CloudTrailEvent.includes('checkout:2'));
  return isRelease ? null : `asked again, CloudTrail shows ${Events.length} calls`;
}

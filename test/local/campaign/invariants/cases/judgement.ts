import { SCALING_ALARMS } from '../../../../../local/campaign/scaling.ts';
import {
  alarmTurns,
  ARN,
  at,
  call,
  claimCall,
  documentWith,
  entry,
  eventOf,
  iso,
  REVISIONS,
  saw,
  stateAt,
  type Parts,
} from '../made-up.ts';
import { quiet, type Case } from './case.ts';

const SECOND = `${ARN}-second`;

/** Another rollback takes v1 away, which the first one brought. */
function again(parts: Parts, from: keyof typeof REVISIONS, to: keyof typeof REVISIONS): void {
  const [first] = parts.executions;
  if (first === undefined) return;
  const plan = { state: 'ready', from: REVISIONS[from], to: REVISIONS[to] };
  const states = [stateAt(30, 'Revert', documentWith({ plan, execution: SECOND }))];
  parts.executions.push({ ...first, arn: SECOND, name: 'second', startedAt: iso(29), states });
  parts.calls.push(
    claimCall(29, { ':holder': SECOND }, 'SET #holder = :holder', 20),
    claimCall(30, { ':execution': SECOND }, 'SET #expiresAt = :expiresAt', 21),
    call(30.1, 'UpdateService', { invocation: 21 }),
  );
}

export const judgementCases: Readonly<Record<string, Case>> = {
  'a-fix-is-never-undone': {
    breaks: (parts) => {
      parts.failing = [{ from: at(1), to: at(15), share: 0.4 }];
      parts.harm = [{ from: at(1), to: at(15) }];
    },
    excuses: {
      'no alarm saw that users hurt': (parts) => {
        parts.published = parts.published.filter(
          ({ event }) => !event['detail-type'].startsWith('CloudWatch'),
        );
      },
      'the alarm had been red before, and was quiet': (parts) => {
        parts.published = [alarmTurns(5, 'ALARM', 'before'), alarmTurns(9, 'OK', 'quiet')];
      },
      'users were well again when it was deployed': (parts) => {
        parts.harm = [
          { from: at(1), to: at(9) },
          { from: at(10.5), to: at(15) },
        ];
      },
      'it was brought back': (parts) => {
        parts.diary.push({ at: at(11), by: 'person', what: 'go-back', release: 'v1' });
      },
      'the alarm watches targets, and sees no errors': (parts) => {
        parts.alarmOn = 'unhealthy';
      },
      'a person asked': (parts) => {
        saw(parts, { request: { target: 'ecs:prod/checkout', reason: 'it hurts' } });
      },
    },
    idle: quiet,
  },
  'no-chase': {
    holds: (parts) => again(parts, 'v2', 'v1'),
    breaks: (parts) => {
      parts.executions.pop();
      parts.calls.splice(-3);
      again(parts, 'v1', 'v2');
    },
    excuses: {
      'it was deployed again in between': (parts) => {
        parts.diary.push({ at: at(25), by: 'person', what: 'go-back', release: 'v1' });
      },
    },
    idle: () => undefined,
  },
  'well-is-left-alone': {
    breaks: (parts) => {
      parts.harm = [];
    },
    excusesNot: {
      'the alarm watches unhealthy targets, and the release is good': (parts) => {
        parts.alarmOn = 'unhealthy';
        if (parts.releases['v2'] !== undefined) parts.releases['v2'].way = 'good';
      },
      'metrics were missing long before': (parts) => {
        parts.diary.unshift({ at: at(-30), by: 'fault', what: 'metrics-missing', until: at(-20) });
      },
    },
    excuses: {
      'the alarm watches the unhealthy targets of a bad release': (parts) => {
        parts.alarmOn = 'unhealthy';
      },
      'one error leaves the band of its alarm': (parts) => {
        parts.alarmOn = 'band';
      },
      'metrics were missing, which the alarm takes for harm': (parts) => {
        parts.diary.push({ at: at(11), by: 'fault', what: 'metrics-missing', until: at(12) });
      },
      'a lookout saw it': (parts) => {
        saw(parts, {
          request: { target: 'ecs:prod/checkout', reason: 'it hurts', trigger: { type: 'lookout' } },
        });
      },
    },
    idle: quiet,
  },
  'scaling-starts-nothing': {
    holds: (parts) => {
      parts.published.push(scalingTurns(SCALING_ALARMS.steps));
    },
    breaks: (parts) => {
      saw(parts, askedBy(SCALING_ALARMS.steps));
    },
    excuses: {
      'its owner tagged it': (parts) => {
        parts.published.push(scalingTurns(SCALING_ALARMS.tagged));
        saw(parts, askedBy(SCALING_ALARMS.tagged));
      },
      'a person agreed': (parts) => {
        saw(parts, { approval: { answer: 'approved', by: 'ada', at: iso(13.2) } });
      },
    },
    excusesNot: {
      'target tracking made it': (parts) => {
        saw(parts, askedBy(SCALING_ALARMS.tracked));
      },
    },
    idle: () => undefined,
  },
  'proven-means-quiet': {
    breaks: (parts) => {
      parts.published.push(alarmTurns(3, 'ALARM', 'red'), alarmTurns(4, 'OK', 'green'));
    },
    excuses: {
      'a whole soak was quiet afterwards': (parts) => {
        parts.tagged = [{ at: at(0), tags: { lastgood: 'auto', 'lastgood:soak': '1' } }];
      },
      'its owner deleted the alarm a soak ago': (parts) => {
        parts.published.pop();
        parts.diary.push({ at: at(3.5), by: 'fault', what: 'alarm-deleted' });
        parts.items = [entry('proven', REVISIONS.v1, { completedAt: iso(1), provenAt: iso(9) })];
      },
      'the event of the turn is in the dead letters': (parts) => {
        parts.letters.push('{"id":"red"}');
      },
      'a fault held back the event of the turn': (parts) => {
        parts.diary.push({ at: at(2), by: 'fault', what: 'targets-refuse', until: at(3.5) });
      },
    },
    excusesNot: {
      'the fault was over by then': (parts) => {
        parts.diary.push({ at: at(1), by: 'fault', what: 'targets-refuse', until: at(2) });
      },
    },
    idle: (parts) => {
      parts.items = [];
    },
  },
  'condemned-means-at-fault': {
    breaks: (parts) => {
      const { v2 } = parts.releases;
      if (v2 !== undefined) v2.way = 'good';
    },
    excuses: {
      'one error leaves the band of its alarm': (parts) => {
        parts.alarmOn = 'band';
      },
      'a fix was set on the group, and its refresh was refused': (parts) => {
        parts.diary.push({ at: at(11), by: 'person', what: 'fix', refused: 'InstanceRefreshInProgress' });
      },
      'a dependency failed as well': (parts) => {
        parts.diary.push({ at: at(9), by: 'world', what: 'outage', given: { minutes: 3 } });
      },
      'a person aborted it in a system outside AWS': (parts) => {
        parts.kind = 'external';
        parts.diary.push({ at: at(12), by: 'person', what: 'abort' });
      },
      'a dependency failed as before, and no longer when Verify gave up': (parts) => {
        harmGoesOn(parts, at(29));
      },
      'a dependency failed as before, and metrics were late': (parts) => {
        harmGoesOn(parts, at(31));
        parts.diary.push({ at: at(20), by: 'fault', what: 'metrics-late', given: {}, until: at(21) });
      },
      'a dependency failed as before, by hardly more than is tolerated': (parts) => {
        harmGoesOn(parts, at(31), 0.06);
      },
      'a dependency failed as before, and Verify had no time to compare it': (parts) => {
        harmGoesOn(parts, at(31), 0.4, 25);
      },
      'a dependency failed as before, for less than two whole minutes before the verdict': (parts) => {
        harmGoesOn(parts, at(31), 0.4, 15, 10.5);
      },
      'late metrics moved the onset': (parts) => {
        const given = { lateSeconds: 300 };
        parts.diary.push({ at: at(5), by: 'fault', what: 'metrics-late', given, until: at(6) });
      },
      'a person asked': (parts) => {
        saw(parts, { request: { target: 'ecs:prod/checkout', reason: 'it hurts' } });
      },
      'CodeDeploy stopped it by an alarm that it watches': (parts) => {
        saw(parts, stoppedBecause('ALARM_ACTIVE: One or more alarms have been activated'));
      },
      'an alarm on unhealthy targets failed the refresh that it watches': (parts) => {
        parts.alarmOn = 'unhealthy';
        saw(parts, stoppedBecause('Instance Refresh Failed'));
      },
    },
    excusesNot: {
      'CodeDeploy stopped it because it failed': (parts) => {
        saw(parts, stoppedBecause('HEALTH_CONSTRAINTS: too few instances are healthy'));
      },
      'an alarm on unhealthy targets turned, and no deployment failed': (parts) => {
        parts.alarmOn = 'unhealthy';
      },
      'a dependency had failed before the deployment': (parts) => {
        parts.diary.push({ at: at(5), by: 'world', what: 'outage', given: { minutes: 4 } });
      },
      'a dependency failed after the verdict': (parts) => {
        parts.diary.push({ at: at(14), by: 'world', what: 'outage', given: { minutes: 4 } });
      },
      'a person aborted it in AWS, which says so': (parts) => {
        parts.diary.push({ at: at(12), by: 'person', what: 'abort' });
      },
      'metrics could not be read': (parts) => {
        parts.diary.push({ at: at(9), by: 'fault', what: 'metrics-unreadable', until: at(19) });
      },
      'a dependency failed as before until Verify gave up, and nothing else did': (parts) => {
        harmGoesOn(parts, at(31));
      },
    },
    idle: (parts) => {
      parts.items = [];
    },
  },
};

/** A dependency fails from before the verdict on, and Verify gives up half an hour after the start. */
function harmGoesOn(parts: Parts, until: number, share = 0.4, settled = 15, from = 10): void {
  parts.diary.push({ at: at(from), by: 'fault', what: 'harm-goes-on', given: { share }, until });
  saw(parts, {
    settled: { state: 'settled', at: iso(settled), summary: 'x' },
    health: { state: 'unproven', at: iso(30), signs: [], reason: 'x' },
  });
}

/** An alarm that only scales turns. */
function scalingTurns(alarmName: string) {
  const detail = { alarmName, state: { value: 'ALARM', timestamp: iso(12.5) } };
  return eventOf('CloudWatch Alarm State Change', detail, { source: 'aws.cloudwatch', id: 'load' });
}

function askedBy(alarm: string) {
  const trigger = { type: 'alarm', id: 'load', at: iso(12.5), alarm } as const;
  return { request: { target: 'ecs:prod/checkout', reason: `alarm ${alarm} turned`, trigger } };
}

/** A deployment that AWS stopped. */
function stoppedBecause(reason: string) {
  const trigger = { type: 'deployment', id: 'e-1', at: iso(12), deployment: 'd-1', reason } as const;
  return { request: { target: 'ecs:prod/checkout', reason: 'deployment d-1 failed', trigger } };
}

import { alarmTurns, ARN, at, call, claimCall, eventOf, iso, stateAt, type Parts } from '../made-up.ts';
import { quiet, type Case } from './case.ts';

function failedIn(name: string): (parts: Parts) => void {
  return (parts) => {
    parts.invocations.push({ at: iso(20), function: `lastgood-prod-${name}`, error: 'Sandbox.Timedout' });
  };
}

function neverEnded(parts: Parts): void {
  const [first] = parts.executions;
  if (first !== undefined)
    parts.executions = [{ ...first, status: 'RUNNING', states: [stateAt(14, 'Approve', {})] }];
}

export const claimCases: Readonly<Record<string, Case>> = {
  'no-write-without-the-claim': {
    breaks: (parts) => {
      parts.calls.splice(1, 0, claimCall(13.1, { ':holder': `${ARN}-other` }, 'SET #holder = :holder', 4));
    },
    excuses: {
      'the answer of the table was lost': (parts) => {
        const { input, ...more } = claimCall(13.15, { ':holder': ARN }, 'SET #holder = :holder', 5);
        parts.calls.splice(2, 0, { ...more, input, error: 'TimeoutError' });
      },
    },
    idle: quiet,
  },
  'every-execution-reports': {
    breaks: (parts) => {
      parts.published = [];
      parts.executions = parts.executions.map((one) => ({ ...one, states: one.states.slice(0, 3) }));
    },
    idle: quiet,
  },
  'every-end-is-published-once': {
    breaks: (parts) => {
      parts.published.push(...parts.published.slice(-1));
    },
    excuses: {
      'Report failed and ran again': failedIn('report'),
      'the answer of the bus was lost': (parts) => {
        parts.calls.push(call(20, 'PutEvents', { service: 'events', role: 'report', error: 'TimeoutError' }));
      },
      'the bus was away, and the end is in the dead letters': (parts) => {
        parts.published = parts.published.filter(({ event: { source } }) => source !== 'lastgood');
        parts.letters = [ARN];
      },
    },
    idle: quiet,
  },
  'every-wait-ends': {
    breaks: neverEnded,
    excuses: {
      'it began a moment ago': (parts) => {
        parts.now = at(20);
      },
    },
    idle: quiet,
  },
  'every-trigger-is-answered': {
    breaks: (parts) => {
      parts.published.push(alarmTurns(30, 'ALARM', 'unheard'));
    },
    excuses: {
      'it is in the dead letters': (parts) => {
        parts.letters.push('{"id":"unheard"}');
      },
      'it was rejected': (parts) => {
        parts.published.push(eventOf('Rollback Rejected', { request: 'unheard' }));
      },
      'it came a moment ago': (parts) => {
        parts.now = at(30.5);
      },
      'the bus lost it': (parts) => {
        parts.published = parts.published.map((one) => ({ ...one, lost: one.event.id === 'unheard' }));
      },
      'a fault holds it back until the story is over': (parts) => {
        const given = { minutes: 600 };
        parts.diary.push({ at: at(29), by: 'fault', what: 'events-late', given, until: at(31) });
      },
    },
    excusesNot: {
      'the fault held back what came before it': (parts) => {
        const given = { minutes: 600 };
        parts.diary.push({ at: at(20), by: 'fault', what: 'events-late', given, until: at(29) });
      },
    },
    idle: quiet,
  },
  'no-event-is-lost-silently': {
    holds: (parts) => {
      parts.losses.push({ at: iso(14), what: 'event of lastgood-prod-sweep', why: 'failed: Unavailable' });
    },
    breaks: (parts) => {
      parts.dropped.push({ at: iso(14), rule: 'on-alarm', reason: 'THROTTLING, and no dead-letter queue' });
    },
  },
};

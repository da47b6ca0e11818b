import { at, call, documentWith, iso, ROLE, saw, type Parts } from '../made-up.ts';
import { quiet, type Case } from './case.ts';

/** A person on call approved the question. */
function approved(parts: Parts): void {
  saw(parts, { approval: { answer: 'approved', by: 'slack:U0ADA', at: iso(13.15) } });
  parts.diary.push({ at: at(13.15), by: 'person', what: 'presses Approve' });
}

function asked(parts: Parts): void {
  const trigger = { type: 'request', id: 'asked', at: iso(13), by: 'ada' };
  saw(parts, { request: { ...(documentWith()['request'] as object), trigger } });
}

function froze(parts: Parts): void {
  parts.diary.push({ at: at(5), by: 'person', what: 'freeze' });
}

export const consentCases: Readonly<Record<string, Case>> = {
  'no-write-without-consent': {
    breaks: (parts) => {
      parts.tagged.push({ at: at(2), tags: { lastgood: 'approve' } });
    },
    excuses: {
      'a person approved': approved,
      'a person asked': asked,
      'silence means go': (parts) => {
        saw(parts, { approval: { Error: 'States.Timeout' } });
        parts.tagged.push({ at: at(3), tags: { lastgood: 'approve', 'lastgood:silence': 'go' } });
      },
    },
    idle: quiet,
  },
  'no-write-while-frozen': {
    holds: (parts) => {
      froze(parts);
      parts.diary.push({ at: at(6), by: 'person', what: 'unfreeze' });
    },
    breaks: (parts) => {
      parts.diary.push({ at: at(7), by: 'person', what: 'freeze' });
    },
    excuses: {
      'a person asked': asked,
      'a fault may have lost the freeze': (parts) => {
        parts.diary.push({ at: at(6.9), by: 'fault', what: 'events-lost', until: at(7.1) });
      },
    },
    idle: () => undefined,
  },
  'no-write-while-paused': {
    holds: (parts) => {
      parts.diary.push({ at: at(13), by: 'person', what: 'pause' });
    },
    breaks: (parts) => {
      parts.diary.unshift({ at: at(12), by: 'person', what: 'pause' });
    },
    idle: () => undefined,
  },
  'answers-are-people-s': {
    holds: approved,
    breaks: (parts) => {
      parts.diary = parts.diary.filter(({ what }) => what !== 'presses Approve');
    },
    idle: () => undefined,
  },
  'nothing-deployed-nothing-written': {
    holds: (parts) => {
      parts.diary = [];
      parts.calls = [];
    },
    breaks: (parts) => {
      parts.calls = [call(13, 'UpdateService')];
    },
    excuses: {
      'a person changed a setting': (parts) => {
        parts.diary.push({ at: at(3), by: 'person', what: 'drift' });
      },
      'one error leaves the band of its alarm': (parts) => {
        parts.alarmOn = 'band';
      },
    },
    idle: () => undefined,
  },
  'lookout-writes-nothing': {
    holds: looked,
    breaks: (parts) => {
      parts.calls.push(call(14, 'ContinueServiceDeployment', { invocation: 99 }));
    },
    excuses: {
      'the tag asks for it': (parts) => {
        parts.gate = true;
      },
    },
    idle: () => undefined,
  },
  'no-call-is-denied': {
    breaks: (parts) => {
      parts.calls.push(call(14, 'DescribeServices', { role: ROLE, allowed: false }));
    },
    excuses: {
      'the tag was taken away': (parts) => {
        parts.tagged.push({ at: at(13.8), tags: {} });
      },
      'the story took a permission away': (parts) => {
        parts.diary.push({ at: at(13.8), by: 'fault', what: 'read-permission-lost', until: at(14.5) });
      },
    },
  },
};

function looked(parts: Parts): void {
  const [first] = parts.executions;
  if (first === undefined) return;
  const arn = first.arn.replace('-rollback:first', '-lookout:one');
  parts.executions.push({ ...first, arn, states: [], input: {} });
}

import { alarmTurns, at, call, iso, saw, type Parts } from '../made-up.ts';
import { quiet, type Case } from './case.ts';

function saysOf(reason: string): (parts: Parts) => void {
  return (parts) => saw(parts, { verdict: { verdict: 'act', at: iso(13.1), reasons: [reason] } });
}

function gathered(line: string): (parts: Parts) => void {
  return (parts) => {
    const found = [{ source: 'task definition', lines: [line] }];
    saw(parts, { gathered: { evidence: { at: iso(14), found, missing: [] } } });
  };
}

const REGISTERED = 'checkout:2 was registered by arn:aws:sts::111122223333:assumed-role/operator/session at';

const FLAPPING =
  'Alarm errors was red when the deployment of checkout:2 began, was OK since then, and turned again: it may be flapping.';

/** The alarm was red for two minutes. */
function redUntil(parts: Parts, minutes: number): void {
  const red = [alarmTurns(minutes - 2, 'ALARM', 'before'), alarmTurns(minutes, 'OK', 'well')];
  parts.published.splice(1, 0, ...red);
}

export const truthCases: Readonly<Record<string, Case>> = {
  'rolled-back-is-served': {
    breaks: (parts) => {
      parts.releases['v2']?.answering.push({ from: at(15), to: at(21) });
    },
    excuses: {
      'a deployment began a moment ago': (parts) => {
        parts.diary.push({ at: at(19.5), by: 'pipeline', what: 'release', release: 'v2' });
      },
    },
    idle: quiet,
  },
  'rolled-back-is-well': {
    breaks: (parts) => {
      parts.failing = [{ from: at(11), to: at(21), share: 0.4 }];
    },
    excuses: {
      'the band of its alarm has learned the outage': (parts) => {
        parts.alarmOn = 'band';
      },
      'the only sign outside AWS is an alarm on targets': (parts) => {
        parts.alarmOn = 'unhealthy';
        parts.kind = 'external';
      },
      'metrics are late': (parts) => {
        parts.diary.push({ at: at(17), by: 'fault', what: 'metrics-late', until: at(27) });
      },
      'users hurt before the way back alone': (parts) => {
        parts.failing = [{ from: at(11), to: at(15), share: 0.4 }];
      },
    },
    excusesNot: {
      'inside AWS errors are measured beside an alarm on targets': (parts) => {
        parts.alarmOn = 'unhealthy';
      },
    },
    idle: quiet,
  },
  'a-proof-is-whole': {
    breaks: (parts) => {
      parts.releases['v2']?.answering.push({ from: at(15), to: at(19) });
    },
    excuses: {
      'the version is none of the story': (parts) => {
        delete parts.releases['v1'];
      },
    },
    excusesNot: {
      'metrics were late until the proof began': (parts) => {
        parts.diary.push({ at: at(11), by: 'fault', what: 'metrics-late', until: at(13) });
      },
      'metrics and alarms could not be read': (parts) => {
        parts.diary.push(
          { at: at(15), by: 'fault', what: 'metrics-unreadable', until: at(27) },
          { at: at(15), by: 'fault', what: 'alarms-throttled', until: at(27) },
        );
      },
    },
    idle: quiet,
  },
  'clean-means-unchanged': {
    holds: (parts) => {
      saw(parts, { outcome: { state: 'skipped', at: iso(20), reason: 'nothing to do', advice: [] } });
      parts.calls.pop();
    },
    breaks: (parts) => {
      parts.calls.push(call(13.21, 'UpdateService'));
    },
    idle: () => undefined,
  },
  'revisions-are-as-named': {
    breaks: (parts) => {
      const { v1 } = parts.releases;
      if (v1 !== undefined) v1.answering = [{ from: at(14), to: at(40) }];
    },
    idle: quiet,
  },
  'healthy-since-is-true': {
    breaks: (parts) => {
      parts.failing = [{ from: at(16), to: at(20), share: 0.3 }];
    },
    idle: quiet,
  },
  'reasons-hold': {
    breaks: saysOf('Alarm errors turned 9 minutes after the deployment of checkout:2 began.'),
    excuses: {
      'the sentence is true': saysOf('Alarm errors was quiet before the deployment began.'),
      'the deployment is dated by two sights, and the alarm was red between them': (parts) => {
        redUntil(parts, 9);
        saysOf(FLAPPING)(parts);
      },
    },
    excusesNot: {
      'the alarm was red long before the sights': (parts) => {
        redUntil(parts, 7);
        saysOf(FLAPPING)(parts);
      },
    },
    idle: quiet,
  },
  'evidence-names-who-deployed': {
    holds: gathered(`${REGISTERED} ${iso(10)}`),
    breaks: gathered(`${REGISTERED} ${iso(2)}`),
    excuses: {
      'AWS refused its first deployment': (parts) => {
        const { v2 } = parts.releases;
        if (v2 !== undefined) v2.deployedAt = at(2);
      },
    },
    idle: () => undefined,
  },
};

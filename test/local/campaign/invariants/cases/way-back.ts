import { ARN, at, call, documentWith, entry, iso, proof, REVISIONS, saw, stateAt } from '../made-up.ts';
import { quiet, type Case } from './case.ts';

const UPDATE = { cluster: 'prod', service: 'checkout', taskDefinition: 'checkout:1' };

export const wayBackCases: Readonly<Record<string, Case>> = {
  'one-way-back-per-rung': {
    breaks: (parts) => {
      parts.calls.push(call(13.3, 'UpdateService', { input: UPDATE }));
    },
    excuses: {
      'AWS refused the first': (parts) => {
        parts.calls = parts.calls.map((one) =>
          one.operation === 'UpdateService' && one.at < iso(13.25)
            ? { ...one, error: 'ServerException' }
            : one,
        );
      },
      'it is the next rung': (parts) => {
        const reverted = { state: 'failed', rung: 0, left: [{ rung: 0, reason: 'late' }], more: true };
        const [first] = parts.executions;
        if (first === undefined) return;
        const states = [...first.states, stateAt(13.25, 'Revert', documentWith({ reverted }))];
        parts.executions = [
          { ...first, states: states.toSorted((one, other) => one.at.localeCompare(other.at)) },
        ];
      },
    },
    idle: quiet,
  },
  'never-to-a-newer-release': {
    breaks: (parts) => {
      const { v1 } = parts.releases;
      if (v1 !== undefined) v1.deployedAt = at(12);
      parts.items = [];
    },
    excuses: {
      'it was proven before the older one was brought back': (parts) => {
        parts.calls.push(proof(7));
      },
      'it was proven before and after': (parts) => {
        parts.items = [entry('proven', REVISIONS.v1, { completedAt: iso(14), provenAt: iso(20) })];
        parts.calls.push(proof(7), proof(20));
      },
      'a person named the version': (parts) => {
        saw(parts, { request: { target: 'ecs:prod/checkout', reason: 'it hurts', revision: 'revision-1' } });
      },
    },
    excusesNot: {
      'it was proven only afterwards': (parts) => {
        parts.calls.push(proof(20));
      },
    },
    idle: quiet,
  },
  'never-to-what-is-condemned': {
    breaks: (parts) => {
      parts.items = [entry('condemned', REVISIONS.v1, { condemnedAt: iso(12), execution: ARN })];
    },
    excuses: {
      'it was condemned later': (parts) => {
        parts.items = [entry('condemned', REVISIONS.v1, { condemnedAt: iso(14), execution: ARN })];
      },
    },
    idle: quiet,
  },
  'traffic-only-to-what-carries-it': {
    holds: (parts) => {
      parts.calls.push(call(13.3, 'ModifyListener', { service: 'elasticloadbalancing' }));
    },
    breaks: (parts) => {
      parts.violations.push(`${iso(13.35)} 100 % of the traffic moved to blue, 0 healthy of 3 needed`);
    },
    excuses: {
      'it came later': (parts) => {
        parts.violations = [`${iso(15)} blue was scaled to zero with 100 % of the traffic`];
      },
    },
    idle: () => undefined,
  },
  'capacity-never-lowered': {
    breaks: (parts) => {
      parts.capacity = [
        { at: at(0), seenAt: at(13.1), count: 3 },
        { at: at(13.3), seenAt: at(40), count: 2 },
      ];
    },
    excuses: {
      'an autoscaler took it': (parts) => {
        parts.diary.push({ at: at(13.2), by: 'world', what: 'shrink' });
      },
    },
    idle: quiet,
  },
  'the-bad-release-stays-away': {
    breaks: (parts) => {
      parts.releases['v2']?.answering.push({ from: at(25), to: at(26) });
    },
    excuses: {
      'a tool goes on with its canary': (parts) => {
        parts.strategy = 'canary-careless';
      },
      'a pipeline deployed it again': (parts) => {
        parts.diary.push({ at: at(24), by: 'pipeline', what: 'go-back', release: 'v2' });
      },
      'the release before it was removed': (parts) => {
        parts.diary.push({ at: at(24), by: 'fault', what: 'first-removed' });
      },
      'a person set it on a group, and the refresh was refused': (parts) => {
        parts.diary.push({ at: at(24), by: 'person', what: 'go-back', refused: 'InstanceRefreshInProgress' });
      },
    },
    excusesNot: {
      'a fix was refused': (parts) => {
        parts.diary.push({ at: at(24), by: 'person', what: 'fix', refused: 'InstanceRefreshInProgress' });
      },
    },
    idle: quiet,
  },
};

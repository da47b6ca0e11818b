import { at, call, documentWith, iso, proof, REVISIONS, saw, type Parts } from '../made-up.ts';
import { quiet, type Case } from './case.ts';

/** Weights that a pipeline set when it gave v2 a part of the traffic. The ledger knows blue with v1. */
const SPLIT = { id: `blue=90 green=10 since ${iso(10)}`, name: 'blue=90 green=10' };

export const atFaultCases: Readonly<Record<string, Case>> = {
  'the-fault-gains-nothing': {
    breaks: moves({ v1: 90, v2: 10 }, { v1: 0, v2: 100 }),
    excuses: {
      'it loses traffic': moves({ v1: 90, v2: 10 }, { v1: 100, v2: 0 }),
      'v2 was proven before it hurt, and the plan accuses another release': (parts) => {
        accuseAnother(parts);
        parts.calls.push(proof(12, REVISIONS.v2));
      },
      'a person named the version': (parts) => {
        const request = { target: 'ecs:prod/checkout', reason: 'it hurts', revision: 'revision-2' };
        saw(parts, { request });
      },
    },
    excusesNot: {
      'a person agreed to a plan that names another': (parts) => {
        saw(parts, { approval: { answer: 'approved', by: 'ada', at: iso(13.2) } });
      },
      'the plan accuses a division': (parts) => {
        saw(parts, { plan: planFrom(SPLIT) });
        parts.harm = [];
      },
      'the plan accuses another release, and v2 began the harm': (parts) => {
        accuseAnother(parts);
      },
      'no division is known, and it is deployed': (parts) => {
        parts.moves = [];
        parts.calls.pop();
        saw(parts, { plan: { ...planFrom({ id: 'checkout:3', name: 'checkout:3' }), to: REVISIONS.v2 } });
      },
    },
    idle: quiet,
  },
};

/** The plan accuses a fix, which was deployed while v2 hurt. */
function accuseAnother(parts: Parts): void {
  parts.releases['v3'] = { way: 'good', deployedAt: at(12), answering: [] };
  parts.diary.push({ at: at(12), by: 'pipeline', what: 'fix', release: 'v3' });
  saw(parts, { plan: planFrom({ id: 'checkout:3', name: 'checkout:3' }) });
}

function planFrom(from: object): object {
  return { ...(documentWith()['plan'] as object), from };
}

/** The way back changes the weights. */
function moves(before: Readonly<Record<string, number>>, after: Readonly<Record<string, number>>) {
  return (parts: Parts) => {
    parts.calls.push(call(13.3, 'ModifyRule', { service: 'elasticloadbalancing' }));
    parts.moves = [{ at: 13.3, before, after }];
  };
}

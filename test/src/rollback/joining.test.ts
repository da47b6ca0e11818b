import { expect, it } from 'vitest';
import type { Rollback } from '../../../src/rollback/document.ts';
import { asConsented } from '../../../src/rollback/joining.ts';
import { at, BY_ALARM, BY_REQUEST, joinOf, planOf } from './judge-facts.ts';

const RUNGS = [
  { name: 'native', does: 'lets AWS go back', withinSeconds: 600 },
  { name: 'redeploy', does: 'deploys it again', withinSeconds: 600 },
] as const;
const approved = { answer: 'approved', by: 'ada', at: at('03:05') } as NonNullable<Rollback['approval']>;

it.each<[string, 'join' | 'ready', string, Pick<Rollback, 'request' | 'approval'>, number]>([
  ['goes no further than AWS where no person was asked', 'join', 'approve', { request: BY_ALARM }, 1],
  ['deploys where AWS fails, with the consent of the tag', 'join', 'auto', { request: BY_ALARM }, 2],
  ['deploys where AWS fails, as a person asked', 'join', 'approve', { request: BY_REQUEST }, 2],
  [
    'deploys where AWS fails, as a person approved',
    'join',
    'approve',
    { request: BY_ALARM, approval: approved },
    2,
  ],
  ['keeps its rungs where AWS does not go back', 'ready', 'approve', { request: BY_ALARM }, 2],
])('a plan %s', (_, state, lastgood, rollback, rungs) => {
  const plan = { ...(state === 'join' ? joinOf({ lastgood }) : planOf({ lastgood })), rungs: RUNGS };
  expect(asConsented(plan, rollback).rungs).toHaveLength(rungs);
});

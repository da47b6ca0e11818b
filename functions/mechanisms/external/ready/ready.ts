import { readOr } from '../../../../src/lambda/read-or.ts';
import type { Examination, Examining, Need } from '../../../../src/readiness/examination.ts';
import { findIn, type Finding } from '../../../../src/readiness/finding.ts';
import { EXTERNAL } from '../../../../src/readiness/ids/external.ts';
import { parameterOf, SOURCE_TAG, type ReadRegistration } from '../registration.ts';
import type { Receivers } from './receivers.ts';

const find = findIn(EXTERNAL);

export interface Clients {
  readonly registration: ReadRegistration;
  readonly receivers: Receivers;
  /** ARN of the bus. */
  readonly bus: string;
}

/** Examines whether an answer could be believed, whether anything carries the question, and what is known of releases. */
export function readinessWith({ registration, receivers, bus }: Clients) {
  return async ({ request: { target }, plan }: Examining): Promise<Examination> => {
    const { sources } = await registration(target);
    const found = await readOr('the rules of the bus', async () =>
      ofReceiver(target, await receivers.isWantedCarried()),
    );
    const needs: readonly Need[] = [
      {
        actions: ['events:PutEvents'],
        resources: [bus],
        context: { 'events:source': ['lastgood'], 'events:detail-type': ['Rollback Wanted'] },
      },
    ];
    return { findings: [...ofSources(target, sources), ...found, ...ofReports(target, plan.recent)], needs };
  };
}

function ofSources(target: string, sources: readonly string[]): readonly Finding[] {
  if (sources.length > 0) return [];
  const parameter = parameterOf(target);
  return [
    find(
      'source-missing',
      `The parameter ${parameter} has no tag ${SOURCE_TAG}, so no answer about ${target} would be believed.`,
      `Tag it with the source of the events that answer: aws ssm add-tags-to-resource --resource-type Parameter --resource-id ${parameter} --tags Key=${SOURCE_TAG},Value=SOURCE.`,
    ),
  ];
}

function ofReceiver(target: string, isCarried: boolean): readonly Finding[] {
  if (isCarried) return [];
  return [
    find(
      'receiver-missing',
      `No rule of Lastgood's bus carries Rollback Wanted, so a rollback of ${target} would end in silence.`,
      'Deploy a rule that carries it to the system, such as docs/examples/github-actions.yml.',
    ),
  ];
}

function ofReports(target: string, recent: readonly unknown[] = []): readonly Finding[] {
  if (recent.length > 0) return [];
  return [
    find(
      'deployments-unreported',
      `No deployment of ${target} was reported, so an alarm starts nothing, and the system chooses what it goes back to.`,
      'Put Deployment Reported on the bus when a deployment begins and when it ends (docs/external).',
    ),
  ];
}

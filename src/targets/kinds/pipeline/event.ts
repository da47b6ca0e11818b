import { detailOf, optionalTextOf, textOf } from '../../detail.ts';
import type { BusEvent, ObservedDeployment } from '../../kind.ts';

/** A run of a stage from an event, whose names are not checked yet. */
type NamedDeployment = Omit<ObservedDeployment, 'target'> & { readonly name: string };

const DETAIL_TYPE = 'CodePipeline Stage Execution State Change';

/**
 * The ends of a stage, without STOPPED and CANCELED: a person stopped the execution, or edited the pipeline. A beginning
 * is worth no start of a function, because a stage has no sides that a lookout could follow.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html
 */
const STATES: Readonly<Record<string, ObservedDeployment['state']>> = {
  SUCCEEDED: 'completed',
  FAILED: 'failed',
};

/**
 * Reads an event about a stage of CodePipeline. Returns null for any other event. The numbers of its detail are floats,
 * and are not read.
 * @throws InvalidRequest naming the field, if the execution, its pipeline or its stage is missing
 */
export function observed(event: BusEvent): NamedDeployment | null {
  if (event.source !== 'aws.codepipeline' || event['detail-type'] !== DETAIL_TYPE) return null;
  const detail = detailOf(event);
  const said = optionalTextOf(detail, 'state') ?? '';
  const state = Object.hasOwn(STATES, said) ? STATES[said] : undefined;
  if (state === undefined) return null;
  const deployment = textOf(detail, 'execution-id');
  const name = `${textOf(detail, 'pipeline')}/${textOf(detail, 'stage')}`;
  return { name, deployment, state, at: event.time, reason: '' };
}

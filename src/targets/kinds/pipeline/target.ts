import type { BusEvent, Kind, ObservedDeployment } from '../../kind.ts';
import { observed } from './event.ts';

/** A stage as a target names it: `checkout/Prod`. */
export interface StageName {
  readonly pipeline: string;
  readonly stage: string;
}

/** Of pipelines and of stages. https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_RollbackStage.html */
const NAME = /^[A-Za-z0-9.@_-]{1,100}$/;

/** Returns the stage in a target string: `pipeline:checkout/Prod`. It was checked when the target was read. */
export function stageOf(target: string): StageName {
  const [pipeline = '', stage = ''] = target.slice(target.indexOf(':') + 1).split('/');
  return { pipeline, stage };
}

export function targetOf({ pipeline, stage }: StageName): string {
  return `pipeline:${pipeline}/${stage}`;
}

function problemOf(name: string): string | null {
  const parts = name.split('/');
  if (parts.length !== 2) return `${JSON.stringify(name)} must be a pipeline and a stage: checkout/Prod`;
  const [pipeline = '', stage = ''] = parts;
  if (!NAME.test(pipeline)) return `${JSON.stringify(pipeline)} is not the name of a pipeline`;
  if (!NAME.test(stage)) return `${JSON.stringify(stage)} is not the name of a stage`;
  return null;
}

function fromDeploymentEvent(event: BusEvent): ObservedDeployment | null {
  const found = observed(event);
  if (found === null) return null;
  const { name, ...deployment } = found;
  return problemOf(name) === null ? { target: `pipeline:${name}`, ...deployment } : null;
}

/**
 * `pipeline:pipeline/stage`: a stage of AWS CodePipeline. No metric has a dimension of a stage, so an alarm names it by
 * its tag. Stages have no tags; their pipelines do.
 */
export const kind: Kind = {
  name: 'pipeline',
  problemOf,
  fromDimensions: () => null,
  fromArn: () => null,
  fromDeploymentEvent,
  reads: {
    plan: [{ quota: 'codepipeline read', calls: 6 }],
    revert: [{ quota: 'codepipeline read', calls: 2 }],
  },
};

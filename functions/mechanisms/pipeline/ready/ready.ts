import { readOr } from '../../../../src/lambda/read-or.ts';
import { consentIn } from '../../../../src/readiness/consent.ts';
import { only, type Examination, type Examining } from '../../../../src/readiness/examination.ts';
import { stageOf } from '../../../../src/targets/kinds/pipeline/target.ts';
import type { CodePipeline } from '../codepipeline.ts';
import { holds } from '../hold.ts';
import { ofStage } from './stage.ts';

/** Examines the actions of a stage. Its history, its type and its owner are in the plan. */
export function readinessWith({ codepipeline }: { readonly codepipeline: Pick<CodePipeline, 'pipeline'> }) {
  return async ({ request: { target }, plan }: Examining): Promise<Examination> => {
    const name = stageOf(target);
    const arns: string[] = [];
    const findings = await readOr(`the actions of ${target}`, async () => {
      const pipeline = await codepipeline.pipeline(name.pipeline);
      const stage = pipeline?.stages.find((one) => one.name === name.stage);
      if (pipeline === null || stage === undefined) return [];
      arns.push(`${pipeline.arn}/${name.stage}`);
      return ofStage(name, stage);
    });
    const hold = holds(plan.tags) ? ['codepipeline:DisableStageTransition'] : [];
    const needs = only(arns, (resources) => ({
      actions: ['codepipeline:RollbackStage', ...hold],
      resources,
      context: consentIn(plan.tags),
    }));
    return { findings, needs };
  };
}

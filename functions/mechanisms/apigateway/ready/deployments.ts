import { findIn, type Finding } from '../../../../src/readiness/finding.ts';
import { APIGATEWAY } from '../../../../src/readiness/ids/apigateway.ts';
import type { Returning } from '../../../../src/readiness/returning.ts';
import { patchTo } from '../change.ts';
import type { Deployments, Stage } from '../gateway.ts';
import { deploymentIn } from '../side.ts';

const find = findIn(APIGATEWAY);

/** Looks at the side of the way back. API Gateway deletes no deployment that a stage names, so what runs exists. */
export function ofSide(
  { id, as, defect }: Pick<Returning, 'id' | 'as' | 'defect'>,
  stage: Stage,
  deployments: Deployments,
): readonly Finding[] {
  const deployment = deploymentIn(id);
  if (!deployments.has(deployment))
    return [
      find(
        'deployment-gone',
        `Deployment ${deployment}, ${as}, was deleted.`,
        'Let the tool that deploys keep old deployments: retainDeployments in the CDK, UpdateReplacePolicy: Retain in CloudFormation, or a state that forgets them in Terraform.',
        defect,
      ),
    ];
  if (patchTo(id, stage) !== null) return [];
  return [
    find(
      'variables-lost',
      `The stage variables of ${deployment}, ${as}, are longer than Lastgood keeps, and the stage has others now.`,
      'Keep the stage variables shorter than 400 characters, or put them into the API itself.',
      defect,
    ),
  ];
}

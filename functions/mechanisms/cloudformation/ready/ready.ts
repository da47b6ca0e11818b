import { consentIn } from '../../../../src/readiness/consent.ts';
import type { Examination, Examining, Need } from '../../../../src/readiness/examination.ts';
import { findIn, type Finding } from '../../../../src/readiness/finding.ts';
import { CLOUDFORMATION } from '../../../../src/readiness/ids/cloudformation.ts';
import { nameOf } from '../../../../src/targets/kinds/cloudformation/target.ts';
import type { CloudFormation, Stack } from '../cloudformation.ts';

const find = findIn(CLOUDFORMATION);

/** Examines a stack: how long its updates can be cancelled, and whether a failed one can be rolled back. */
export function readinessWith({
  cloudformation,
}: {
  readonly cloudformation: Pick<CloudFormation, 'stack'>;
}) {
  return async ({ request: { target } }: Examining): Promise<Examination> => {
    const stack = await cloudformation.stack(nameOf(target));
    if (stack === null || stack.root !== null) return { findings: [] };
    return { findings: findingsOf(stack), needs: needsOf(stack) };
  };
}

export function findingsOf({
  name,
  role,
  monitoringMinutes,
  keepsFailed,
  isExpress,
}: Stack): readonly Finding[] {
  if (isExpress)
    return [
      find(
        'stack-express',
        `The last operation of ${name} used the express mode, which CloudFormation does not roll back.`,
        `Update ${name} in the standard mode.`,
      ),
    ];
  const found: Finding[] = [];
  if (monitoringMinutes === 0)
    found.push(
      find(
        'stack-monitoring-none',
        `The updates of ${name} have no monitoring time, so they cannot be cancelled once their last resource is deployed.`,
        `Update ${name} with a rollback configuration: MonitoringTimeInMinutes of 10 or more, and the alarms as rollback triggers.`,
      ),
    );
  if (role === null)
    found.push(
      find(
        'stack-role-missing',
        `${name} stores no service role, so Lastgood cannot continue a rollback that failed.`,
        `Update ${name} with --role-arn once; CloudFormation stores the role.`,
      ),
    );
  if (keepsFailed)
    found.push(
      find(
        'stack-rollback-off',
        `The last operation of ${name} disabled rollback, so a failed update stays half done until it is rolled back.`,
        `Update ${name} without --disable-rollback.`,
      ),
    );
  return found;
}

function needsOf({ id, role, tags }: Stack): readonly Need[] {
  const actions = ['cloudformation:CancelUpdateStack'];
  const withRole = ['cloudformation:RollbackStack', 'cloudformation:ContinueUpdateRollback'];
  return [
    { actions: [...actions, ...(role === null ? [] : withRole)], resources: [id], context: consentIn(tags) },
  ];
}

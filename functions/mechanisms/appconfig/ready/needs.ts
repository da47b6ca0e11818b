import { consentIn } from '../../../../src/readiness/consent.ts';
import type { Need } from '../../../../src/readiness/examination.ts';
import type { Plan } from '../../../../src/rollback/plan.ts';
import type { ProfileName } from '../../../../src/targets/kinds/appconfig/target.ts';
import { STRATEGY } from '../sdk.ts';

/**
 * Returns what a way back writes. Both calls are authorised on each resource that they name; only the environment has the
 * consent (Service Authorization Reference, AWS AppConfig).
 * @param environment ARN of the environment
 */
export function needsOf(
  environment: string,
  { profile }: ProfileName,
  { tags, deployment }: Pick<Plan, 'tags' | 'deployment'>,
): readonly Need[] {
  const application = environment.slice(0, environment.indexOf('/environment/'));
  const prefix = application.slice(0, application.indexOf(':application/'));
  const number = deployment?.id.split('-')[0] ?? '1';
  const context = consentIn(tags);
  return [
    {
      actions: ['appconfig:StopDeployment'],
      resources: [environment, application, `${environment}/deployment/${number}`],
      context,
    },
    {
      actions: ['appconfig:StartDeployment'],
      resources: [
        ...[environment, application, `${application}/configurationprofile/${profile}`],
        `${prefix}:deploymentstrategy/${STRATEGY}`,
      ],
      context,
    },
  ];
}

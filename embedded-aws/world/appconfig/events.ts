import { arn } from '../aws.ts';
import type { Deployment } from './model.ts';
import type { AppConfigState } from './state.ts';

/** The event of a rollback has two names in AWS's pages. Unknown: appconfig-rollback-event. */
export type EventName = 'Start' | 'Step' | 'Baking' | 'Complete' | 'Rollback';

/**
 * Publishes an event of a deployment. There is none of a revert.
 * https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-appconfig.html shows no sample. The detail is that of
 * https://docs.aws.amazon.com/appconfig/latest/userguide/working-with-appconfig-extensions-about-predefined-notification-eventbridge.html
 * Unknown: appconfig-native-events.
 */
export function emitDeployment(state: AppConfigState, deployment: Deployment, name: EventName): void {
  if (!state.sendsEvents) return;
  const { environment, profile, version, number } = deployment;
  const { application } = environment;
  state.surroundings.emit({
    source: 'aws.appconfig',
    'detail-type': `On Deployment ${name}`,
    resources: [arn('appconfig', 'extensionassociation/z763ff5')],
    detail: {
      InvocationId: state.chance.hex(7),
      Parameters: {},
      Type: `OnDeployment${name}`,
      Application: { Id: application.id, Name: application.name },
      Environment: { Id: environment.id, Name: environment.name },
      ConfigurationProfile: { Id: profile.id, Name: profile.name },
      DeploymentNumber: number,
      ConfigurationVersion: String(version.number),
    },
  });
}

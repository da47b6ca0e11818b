import type { LifecycleErrorCode, LifecycleEvent } from '@aws-sdk/client-codedeploy';
import { bundleIn, type Bundle, type Download } from '../../fleet/bundles.ts';
import type { Instance } from '../../fleet/fleet.ts';
import type { Deployment } from '../model.ts';
import { targetGroupsOf, type Ground } from './ground.ts';

/** One lifecycle event on one instance. It is checked every second from its start, and ends by `state`. */
export interface Step {
  readonly name: string;
  readonly begin?: () => void;
  /** `seconds` since its start. */
  readonly state: (seconds: number) => 'going' | 'done' | Failure;
}

export interface Failure {
  readonly code: LifecycleErrorCode;
  readonly message: string;
}

/** A lifecycle event that began. */
export interface Happened {
  readonly name: string;
  readonly startTime: Date;
  endTime: Date | null;
  status: NonNullable<LifecycleEvent['status']>;
  failure: Failure | null;
}

/** Duration of scripts and downloads. AWS gives no figure: they are the customer's. */
const SCRIPT_SECONDS = 2;
/** Timeout of an event, unless the AppSpec sets another (AppSpec "hooks" section). */
const TIMEOUT_SECONDS = 3600;

/**
 * Returns the lifecycle events of an in-place deployment to one instance.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html
 */
export function inPlaceSteps(ground: Ground, deployment: Deployment, instance: Instance): readonly Step[] {
  return [
    ...leaving(ground, deployment, instance),
    applicationStop(deployment, instance),
    ...installing(ground, deployment, instance),
    ...joining(ground, deployment, instance),
  ];
}

/** Returns the events on an instance of a replacement environment, which has no traffic yet. */
export function installing(ground: Ground, deployment: Deployment, instance: Instance): readonly Step[] {
  const download = (): Download => ground.bundles.download(deployment.revision.s3Location);
  const bundle = (): Bundle | null => bundleIn(download());
  return [
    { name: 'DownloadBundle', state: () => downloaded(download()) },
    script('BeforeInstall'),
    script('Install'),
    script('AfterInstall'),
    {
      name: 'ApplicationStart',
      state: (seconds) => {
        if (seconds < (bundle()?.startSeconds ?? 0)) return 'going';
        instance.running = bundle();
        return 'done';
      },
    },
    script('ValidateService', () => bundle()?.validateService === 'fails'),
  ];
}

/** Downloads the bundle. Only the agent reads S3: CreateDeployment and GetApplicationRevision do not. */
function downloaded(download: Download): 'done' | Failure {
  return 'fails' in download ? { code: 'UnknownError', message: download.fails } : 'done';
}

/** Runs the ApplicationStop script of the last successfully deployed revision, not of the new one. */
function applicationStop({ asked }: Deployment, instance: Instance): Step {
  const fails = (): boolean =>
    instance.installed?.applicationStop === 'fails' && asked.ignoreApplicationStopFailures !== true;
  const step = script('ApplicationStop', fails);
  return {
    ...step,
    state: (seconds) => {
      const state = step.state(seconds);
      if (state === 'done') instance.running = null;
      return state;
    },
  };
}

function script(name: string, fails: () => boolean = () => false): Step {
  return {
    name,
    state: (seconds) => {
      if (seconds < SCRIPT_SECONDS) return 'going';
      const message = `Script at specified location: ${name} run as user root failed with exit code 1`;
      return fails() ? { code: 'ScriptFailed', message } : 'done';
    },
  };
}

/** Deregisters from the target groups; ends once the last request is drained. */
export function leaving(
  ground: Ground,
  { group }: Pick<Deployment, 'group'>,
  { id, port }: Instance,
): readonly Step[] {
  const { targetGroups } = ground;
  return targetGroupsOf(ground, group).map((arn) => ({
    name: 'BlockTraffic',
    begin: () => targetGroups.deregister(arn, { id, port }),
    state: () => (targetGroups.state(arn, { id, port }) === null ? 'done' : 'going'),
  }));
}

/** Registers with the target groups; ends once the load balancer reports the target healthy. */
export function joining(
  ground: Ground,
  { group }: Pick<Deployment, 'group'>,
  { id, port }: Instance,
): readonly Step[] {
  const { targetGroups } = ground;
  return targetGroupsOf(ground, group).map((arn) => ({
    name: 'AllowTraffic',
    begin: () => targetGroups.register(arn, { id, port }),
    state: (seconds) => {
      if (targetGroups.state(arn, { id, port }) === 'healthy') return 'done';
      const message = 'The instance did not become healthy in its target group in time.';
      return seconds > TIMEOUT_SECONDS ? { code: 'ScriptTimedOut', message } : 'going';
    },
  }));
}

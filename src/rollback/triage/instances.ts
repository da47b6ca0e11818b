import { byLines, matching, type Finder } from './finder.ts';
import type { Traces } from './traces.ts';
import { DENIED, NO_MEMORY, UNREACHED } from './words.ts';

/*
 * The words of AWS: https://docs.aws.amazon.com/autoscaling/ec2/userguide/CHAP_Troubleshooting.html
 * `Client.InternalError` is its answer where the service-linked role may not use the key of an encrypted volume.
 */
const REFUSED = new RegExp(
  `${DENIED.source}|Access denied|not authorized to|Client\\.InternalError|Client error on launch`,
  'i',
);
const NO_CAPACITY =
  /sufficient .*capacity|InsufficientInstanceCapacity|no Spot capacity|vCPU (?:capacity|limit)|instance limit|limit (?:exceeded|of \d+ allows)|already running|quota/i;
const NO_IMAGE = /\bAMIs?\b|\bami-[0-9a-f]|\bimage id\b|InvalidAMIID/;

/** What cloud-init and systemd write on the console. https://cloudinit.readthedocs.io/en/latest/explanation/format/index.html */
const START_SCRIPT = /Failed to run module scripts[-_]user/;
const UNIT = /\bFailed to start\b|Kernel panic/;

/** Finders of why Auto Scaling could not launch instances. A refresh may repeat it as its reason. */
export const instanceLaunches: readonly Finder[] = [
  byLines('permission', refusals(REFUSED), 'Auto Scaling may not launch instances.'),
  byLines('placement', refusals(NO_CAPACITY), 'AWS had no capacity for instances.'),
  byLines('launch', refusals(NO_IMAGE), 'Instances could not be launched: their image cannot be used.'),
  byLines('launch', ({ launches }) => launches, 'Instances could not be launched.'),
];

/** Finders of why instances that were launched did not come up. */
export const instanceBoots: readonly Finder[] = [
  byLines('out-of-memory', matching('boots', NO_MEMORY), 'A process of an instance ran out of memory.'),
  byLines('crash', matching('boots', START_SCRIPT), 'The start script of an instance failed.'),
  byLines('dependency', matching('boots', UNREACHED), 'An instance could not reach a dependency.'),
  byLines('crash', unitOfSick, 'A unit of an instance failed to start.'),
];

/** Finders of what Auto Scaling says about health checks. */
export const instanceChecks: readonly Finder[] = [
  byLines(
    'health-check',
    ({ ousted }) => ousted,
    'Instances were taken out of service, because they failed their checks.',
  ),
  byLines('health-check', matching('refreshes', /health/i), 'Instances failed the checks of the refresh.'),
];

function refusals(pattern: RegExp): (traces: Traces) => readonly string[] {
  return ({ launches, refreshes }) => [...launches, ...refreshes].filter((line) => pattern.test(line));
}

/** Units fail on healthy instances as well. One counts only where instances or targets are unhealthy. */
function unitOfSick(traces: Traces): readonly string[] {
  const isSick = traces.ousted.length > 0 || traces.unhealthy.length > 0;
  return isSick ? matching('boots', UNIT)(traces) : [];
}

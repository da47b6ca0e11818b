interface Incident {
  readonly number: number;
  readonly what: string;
  readonly url: string;
}

/** The public incidents and defects whose conditions the faults bring back. */
export const INCIDENTS: readonly Incident[] = [
  of(
    1,
    'AWS October 2025: an old plan was applied after a newer one',
    'https://aws.amazon.com/message/101925/',
  ),
  of(
    2,
    'AWS December 2021: control planes failed for hours, and monitoring was blind',
    'https://aws.amazon.com/message/12721/',
  ),
  of(
    3,
    'Knight Capital 2012: the way back put the bad path everywhere',
    'https://dougseven.com/2014/04/17/knightmare-a-devops-cautionary-tale/',
  ),
  of(
    4,
    'Slack May 2020: capacity added in the incident broke the service hours later',
    'https://slack.engineering/a-terrible-horrible-no-good-very-bad-day-at-slack-dfe05b485f82',
  ),
  of(
    5,
    'Cloudflare November 2025: good and bad files came by turns',
    'https://blog.cloudflare.com/18-november-2025-outage/',
  ),
  of(
    6,
    'Azure Front Door October 2025: changes were blocked while the last known good went out',
    'https://azure.status.microsoft/en-us/status/history/',
  ),
  of(
    7,
    'Google Cloud June 2025: large regions took far longer to come back',
    'https://status.cloud.google.com/incidents/ow5i3PPK96RduMcb1SsW',
  ),
  of(
    8,
    'Reddit March 2023: there was no way down from the upgrade',
    'https://www.reddit.com/r/RedditEng/comments/11xx5o0/',
  ),
  of(9, 'Travis CI: the rollback by hand broke', 'https://www.traviscistatus.com/incidents/sxrh0l46czqn'),
  of(10, 'GLONASS 2014: going back did not help', 'https://github.com/danluu/post-mortems'),
  of(
    11,
    'Cloudflare January 2023: reverting the code did not restore the data',
    'https://blog.cloudflare.com/cloudflare-incident-on-january-24th-2023/',
  ),
  of(
    12,
    'Roblox October 2021: the control plane itself barred the way back',
    'https://blog.roblox.com/2022/01/roblox-return-to-service-10-28-10-31-2021/',
  ),
  of(
    13,
    'Argo Rollouts 1292: an abort without a rollout scaled the stable release to nothing',
    'https://github.com/argoproj/argo-rollouts/issues/1292',
  ),
  of(
    14,
    'Argo Rollouts 4612: traffic went to what could not carry it',
    'https://github.com/argoproj/argo-rollouts/pull/4612',
  ),
  of(
    15,
    'Argo Rollouts 4841: an aborted canary kept its traffic',
    'https://github.com/argoproj/argo-rollouts/issues/4841',
  ),
  of(
    16,
    'Argo Rollouts 1665: a restart brought the condemned release back',
    'https://github.com/argoproj/argo-rollouts/issues/1665',
  ),
  of(
    17,
    'ECS roadmap 328: the service ran a task definition that is INACTIVE',
    'https://github.com/aws/containers-roadmap/issues/328',
  ),
  of(
    18,
    'METR hawk 1429: a red alarm kept the fix from being deployed',
    'https://github.com/METR/hawk/issues/1429',
  ),
  of(
    19,
    'ecspresso 403: a tool was throttled by its own polling',
    'https://github.com/kayac/ecspresso/issues/403',
  ),
  of(
    20,
    'An alarm is set by hand with SetAlarmState',
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html',
  ),
];

function of(number: number, what: string, url: string): Incident {
  return { number, what, url };
}

/** Returns incidents as the source of a fault. */
export function incidents(...numbers: readonly number[]): string {
  return numbers
    .map((number) => INCIDENTS.find((incident) => incident.number === number))
    .map((incident) => `incident ${incident?.number}: ${incident?.what}, ${incident?.url}`)
    .join('; ');
}

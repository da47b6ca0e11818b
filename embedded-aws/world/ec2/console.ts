import type { GetConsoleOutputRequest, GetConsoleOutputResult } from '@aws-sdk/client-ec2';
import { arn } from '../aws.ts';
import type { Clock } from '../clock.ts';
import type { GroupInstance, GroupInstances } from '../seams.ts';
import { AwsError } from '../service.ts';

/** Time from the end of a boot until its output is posted. AWS says "shortly after", and gives no figure. */
const POSTED_AFTER_MS = 4 * 60_000;

/**
 * The consoles of instances of Auto Scaling groups. By default an answer has what was posted after a transition; `Latest`
 * has what is there now, on instances built on Nitro.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetConsoleOutput.html
 */
export function consoleOperations(clock: Pick<Clock, 'now'>, groups: () => GroupInstances) {
  const find = (id: string) =>
    groups()
      .launchedByGroups()
      .find((instance) => instance.id === id);
  return {
    GetConsoleOutput: {
      authorize: ({ InstanceId = '' }: GetConsoleOutputRequest) => [
        {
          action: 'ec2:GetConsoleOutput',
          resource: arn('ec2', `instance/${InstanceId}`),
          tags: tagsOf(find(InstanceId)),
        },
      ],
      run: ({ InstanceId = '', Latest = false }: GetConsoleOutputRequest): GetConsoleOutputResult => {
        const instance = find(InstanceId);
        if (instance === undefined)
          throw new AwsError('InvalidInstanceID.NotFound', `The instance ID '${InstanceId}' does not exist`);
        if (Latest && !isNitro(instance))
          throw new AwsError('UnsupportedOperation', 'This instance type does not support Latest.');
        const lines = isShown(instance, Latest, clock.now()) ? (instance.behaviour.logs ?? []) : [];
        return {
          InstanceId,
          Timestamp: new Date(clock.now()),
          Output: Buffer.from(lines.join('\r\n')).toString('base64'),
        };
      },
    },
  };
}

function isShown(
  { launchedAt, lifecycle, behaviour }: GroupInstance,
  isLatest: boolean,
  now: number,
): boolean {
  const booted = launchedAt + behaviour.startSeconds * 1000;
  return lifecycle === 'Terminated' || now >= booted + (isLatest ? 0 : POSTED_AFTER_MS);
}

/** Types of a generation before the fifth are not. https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-nitro-instances.html */
function isNitro({ type }: GroupInstance): boolean {
  const [family = ''] = type.split('.');
  const generation = Number(/\d+/.exec(family)?.[0] ?? 0);
  return generation >= 5 || family.startsWith('t3') || family.startsWith('t4');
}

/** The tag that Auto Scaling sets. */
function tagsOf(instance: GroupInstance | undefined): Readonly<Record<string, string>> {
  return instance === undefined ? {} : { 'aws:autoscaling:groupName': instance.group };
}

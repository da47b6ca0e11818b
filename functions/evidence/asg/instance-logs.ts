import { GetConsoleOutputCommand, type EC2Client, type Instance } from '@aws-sdk/client-ec2';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { Planned } from '../../../src/rollback/document.ts';
import { CONSOLE, logsIn } from '../../../src/rollback/log-tag.ts';
import type { Hidden } from '../../../src/aws/mask.ts';
import { textOf } from '../log-text.ts';
import { lastLines } from '../last-lines.ts';
import { NOTHING, type EvidenceSource } from '../source.ts';
import type { AsgReads } from './reads.ts';

type Reads = Pick<AsgReads, 'instances' | 'hidden'>;

/** Each costs up to two calls of GetConsoleOutput, and one of GetLogEvents a log group. */
const MAX_INSTANCES = 2;
const MAX_CONSOLE_LINES = 10;

/** Selects the lines of a console that name a failure: a boot has a thousand lines. */
const FAILURE_WORDS =
  /fail|error|fatal|panic|kill|denied|refused|exception|traceback|not found|cannot|unable/i;

/**
 * Reads what the consoles of instances of the revision at fault show, where the tag `lastgood:logs` has `console`. EC2
 * keeps 64 KB, for at least an hour after the last post. The newest output is shown at once only on Nitro.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetConsoleOutput.html
 */
export function instanceConsole(reads: Reads, ec2: Pick<EC2Client, 'send'>): EvidenceSource {
  return {
    name: 'instance console',
    kind: 'asg',
    isLog: true,
    async read(rollback, signal) {
      if (!logsIn(rollback.plan.tags).includes(CONSOLE)) return NOTHING;
      const { instances, hidden } = await chosen(reads, rollback, signal);
      const found = await Promise.all(
        instances.map(async (one) => ({ id: one.id, lines: await consoleOf(ec2, one, signal) })),
      );
      return {
        lines: found.flatMap(({ id, lines }) => lines.map((line) => `${id}: ${line}`)),
        traces: { boots: found.flatMap(({ lines }) => lines) },
        hidden,
      };
    },
  };
}

/**
 * Reads the last lines that instances of the revision at fault wrote to the log groups in the tag `lastgood:logs`. The
 * CloudWatch agent names a stream by the instance's id, unless its configuration says otherwise.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Agent-Configuration-File-Details.html
 */
export function instanceLogs(reads: Reads, logs: Pick<CloudWatchLogsClient, 'send'>): EvidenceSource {
  return {
    name: 'instance logs',
    kind: 'asg',
    isLog: true,
    async read(rollback, signal) {
      const groups = logsIn(rollback.plan.tags).filter((name) => name !== CONSOLE);
      if (groups.length === 0) return NOTHING;
      const { instances, hidden } = await chosen(reads, rollback, signal);
      const streams = groups.flatMap((group) =>
        instances.map(({ id }) => ({ group, name: id, of: `${id} in ${group}` })),
      );
      const found = await Promise.all(streams.map((stream) => lastLines(logs, stream, signal)));
      if (streams.length > 0 && found.every(({ isThere }) => !isThere))
        throw new Error(
          `${groups.join(' ')} has no stream named by an instance's id, and Lastgood reads no other`,
        );
      return {
        lines: found.flatMap(({ labelled }) => labelled),
        traces: { logs: found.flatMap(({ lines }) => lines) },
        hidden,
      };
    },
  };
}

interface Chosen {
  readonly id: string;
  /** Its output was posted then. */
  readonly hasEnded: boolean;
}

/**
 * Chooses instances of the revision at fault, those that ended first: they failed. Without the values in its user
 * data no line could be masked, so nothing is chosen before they are known.
 */
async function chosen(
  { instances, hidden }: Reads,
  rollback: Planned,
  signal: AbortSignal,
): Promise<{ readonly instances: readonly Chosen[]; readonly hidden: Hidden }> {
  const secrets = await hidden(rollback, signal);
  if (secrets === null)
    throw new Error('EC2 no longer knows the launch template, so nothing could be masked');
  const found = (await instances(rollback, signal))
    .map((one) => ({ id: one.InstanceId ?? '', hasEnded: hasEnded(one) }))
    .toSorted((one, other) => Number(other.hasEnded) - Number(one.hasEnded));
  return { instances: found.slice(0, MAX_INSTANCES), hidden: secrets };
}

function hasEnded({ State }: Instance): boolean {
  return State?.Name === 'shutting-down' || State?.Name === 'terminated';
}

async function consoleOf(
  ec2: Pick<EC2Client, 'send'>,
  { id: InstanceId, hasEnded: isPosted }: Chosen,
  abortSignal: AbortSignal,
): Promise<readonly string[]> {
  const ask = (Latest: boolean) =>
    ec2.send(new GetConsoleOutputCommand({ InstanceId, Latest }), { abortSignal });
  const { Output = '' } = await ask(!isPosted).catch((error: unknown) => {
    // Instances that are not on Nitro show only what was posted. Unknown: latest-console-refusal.
    if (error instanceof Error && error.name === 'UnsupportedOperation') return ask(false);
    throw error;
  });
  const lines = Buffer.from(Output, 'base64').toString('utf8').split(/\r?\n/).map(textOf);
  return lines.filter((line) => FAILURE_WORDS.test(line)).slice(-MAX_CONSOLE_LINES);
}

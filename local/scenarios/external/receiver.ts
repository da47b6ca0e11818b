import type { StackBeside } from '@lastgood/embedded-aws/runtime/stack/beside.ts';
import { eventOf } from '../events/speak.ts';
import type { Stage } from '../stage.ts';

/** The source of the system's events, which the target's tag names. */
export const SOURCE = 'argocd.shop';

const QUEUE = 'argocd-rollbacks';

/** The stack of a receiver that polls a queue: the rule that carries `Rollback Wanted` to it. */
export const RECEIVER: StackBeside = {
  name: 'argocd-receiver',
  template: {
    Resources: {
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: QUEUE } },
      QueuePolicy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: {
          Queues: [{ Ref: 'Queue' }],
          PolicyDocument: {
            Statement: {
              Effect: 'Allow',
              Principal: { Service: 'events.amazonaws.com' },
              Action: 'sqs:SendMessage',
              Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] },
              Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': ['Wanted', 'Arn'] } } },
            },
          },
        },
      },
      Wanted: {
        Type: 'AWS::Events::Rule',
        Properties: {
          Name: 'argocd-wanted',
          EventBusName: 'lastgood-prod',
          EventPattern: {
            source: ['lastgood'],
            'detail-type': ['Rollback Wanted'],
            detail: { system: ['argocd'] },
          },
          Targets: [{ Id: 'queue', Arn: { 'Fn::GetAtt': ['Queue', 'Arn'] } }],
        },
      },
    },
  },
};

/** The detail of `Rollback Wanted`, as a receiver reads it. */
export interface Wanted {
  readonly rollback: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly inFlight?: string;
}

type Answer = Readonly<Record<string, unknown>>;

/** One thing that the receiver does, so many seconds after the event came. */
export interface Step {
  readonly after: number;
  /** Deploys this revision; `wanted` is the one that the event names. */
  readonly deploys?: string;
  readonly answers?: Answer | ((wanted: Wanted) => Answer);
  /** Another source than that of the tag. */
  readonly as?: string;
}

const POLL_MS = 5_000;

/** Polls the queue, and follows the steps once for each id. Returns the events that came, repeated ones too. */
export function receive(
  stage: Stage,
  steps: readonly Step[],
  deploy: (revision: string) => void,
): readonly Wanted[] {
  const { clock } = stage.world;
  const came: Wanted[] = [];
  clock.every(POLL_MS, () => {
    const queue = stage.runtime.queues.find(QUEUE);
    for (const { body, receipt } of queue === null ? [] : stage.runtime.queues.receive(queue, 10)) {
      const { detail } = JSON.parse(body) as { readonly detail: Wanted };
      const isNew = !came.some(({ rollback }) => rollback === detail.rollback);
      came.push(detail);
      if (queue !== null) stage.runtime.queues.delete(queue, receipt);
      if (isNew)
        for (const step of steps) clock.after(step.after * 1000, () => take(stage, step, detail, deploy));
    }
  });
  return came;
}

function take(
  stage: Stage,
  { deploys, answers, as = SOURCE }: Step,
  wanted: Wanted,
  deploy: (revision: string) => void,
): void {
  const { rollback, to } = wanted;
  if (deploys !== undefined) deploy(deploys === 'wanted' ? (to ?? 'v1') : deploys);
  if (answers === undefined) return;
  const answer = typeof answers === 'function' ? answers(wanted) : answers;
  const entry = eventOf(as, 'Rollback Answered', { rollback, ...answer });
  stage.call('events', 'PutEvents', { Entries: [entry] });
}

import type { ReadPause } from '../../src/aws/pause.ts';
import type { Reports } from '../../src/aws/reports.ts';
import type { Secret } from '../../src/aws/secret.ts';
import type { Questions } from '../../src/approvals/questions.ts';
import type { Reply } from '../../src/approvals/reply.ts';
import type { Emitter } from '../../src/events/emit.ts';
import type { Claims } from '../../src/ledger/claims.ts';
import type { Freezes } from '../../src/ledger/freezes.ts';
import type { Readinesses } from '../../src/ledger/readinesses.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { StartCheck } from '../../src/lambda/start-check.ts';
import type { Starter } from '../../src/lambda/start.ts';
import type { SendAnswer } from '../../src/lambda/storms.ts';
import type { Storms } from '../../src/ledger/storms.ts';
import type { PauseOrder } from '../../src/rollback/pause.ts';
import type { Instant } from '../../src/rollback/request.ts';
import type { AnswerTo } from '../../src/slack/answer-url.ts';
import type { KnownTargets } from '../../src/slack/targets.ts';
import type { Lists } from './lists.ts';
import type { Plans } from './plans.ts';

/** The dependencies of every handler for Slack. */
export interface Desk {
  /** The signing secret. */
  readonly secret: Secret;
  /** Says whether a person may touch a target. Without access rules the answer is always no. */
  readonly may: (user: string, target: string) => Promise<boolean>;
  readonly targets: () => Promise<KnownTargets>;
  readonly ledger: Pick<Ledger, 'entries'>;
  readonly claims: Pick<Claims, 'open'>;
  readonly startCheck: StartCheck;
  readonly readinesses: Pick<Readinesses, 'of'>;
  readonly freezes: Pick<Freezes, 'freeze' | 'unfreeze' | 'of'>;
  readonly readPause: ReadPause;
  readonly writePause: (order: PauseOrder) => Promise<void>;
  readonly emitter: Emitter;
  readonly plans: Plans;
  readonly lists: Lists;
  readonly starter: Starter;
  readonly questions: Questions;
  readonly reports: Pick<Reports, 'link'>;
  readonly reply: Reply;
  readonly storms: Pick<Storms, 'answer' | 'members'>;
  readonly sendAnswer: SendAnswer;
  readonly answerTo: AnswerTo;
  readonly now: () => Instant;
  /** Time of the request, as Slack signed it. It is the same in each retry. */
  readonly saidAt: Instant;
}

/** The desk without a request. */
export type OpenDesk = Omit<Desk, 'saidAt'>;

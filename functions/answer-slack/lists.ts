import { createHash } from 'node:crypto';
import { StartExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod/mini';
import { isNamed } from '../../src/aws/errors.ts';
import type { Runs } from '../../src/rollback/runs.ts';
import { asItCame } from '../../src/rollback/as-it-came.ts';
import { asRecord } from '../../src/rollback/json.ts';
import { Asker } from './asker.ts';
import { lookingAt, readEnd, type Look } from './plans.ts';

/** One page of a list. */
const Page = z.object({
  /** Position of its first target among all targets, counted from 0. */
  first: z.number(),
  /** The targets on it, in order. */
  targets: z.array(z.string()),
  /** Number of targets on all pages. */
  total: z.number(),
  /** True if the tags could not be read, so that the list may lack some. */
  unread: z.boolean(),
  /** True if it replaces the page whose button was pressed. */
  replaces: z.boolean(),
});
export type Page = z.infer<typeof Page>;

/** Starts lists: executions of a machine that only asks the mechanisms for the running revisions (ADR 12). */
export interface Lists {
  /** @param trigger Slack's id of the interaction: the same one starts one list */
  start(page: Page, asker: Asker, trigger: string): Promise<void>;
}

export function createLists(client: Pick<SFNClient, 'send'>, stateMachineArn: string): Lists {
  return {
    async start(page, asker, trigger) {
      const looking = lookingAtAll(page.targets);
      const name = `list-${createHash('sha256').update(trigger).digest('hex')}`;
      const input = JSON.stringify({ asker, page, looking });
      const command = new StartExecutionCommand({ stateMachineArn, name, input });
      await client.send(command).catch((error: unknown) => {
        if (!isNamed(error, 'ExecutionAlreadyExists')) throw error;
      });
    },
  };
}

/** The part of the input that the machine reads. */
export function lookingAtAll(targets: readonly string[]): readonly Look[] {
  return targets.map((target) => lookingAt({ target, reason: 'what runs' }));
}

/** The end of such an execution: the running revision of each target of the page, or null if it is not known. */
export interface Looked {
  readonly asker: Asker;
  readonly page: Page;
  readonly runs: ReadonlyMap<string, Runs | null>;
}

const Input = z.object({ asker: Asker, page: Page });

/**
 * Reads the end of such an execution. Returns null for another event, or if the event left out the input for its
 * length. A failed execution has no revisions.
 */
export function readLooked(event: unknown): Looked | null {
  const end = readEnd(event);
  const input = Input.safeParse(end?.input);
  if (end === null || !input.success) return null;
  return { ...input.data, runs: runsOfList(end.output) };
}

/** Reads the running revisions from the output of such an execution. */
export function runsOfList(output: unknown): Looked['runs'] {
  const { looked } = asRecord(output) ?? {};
  const ones = Array.isArray(looked) ? looked.map((one) => One.safeParse(one)) : [];
  return new Map(
    ones.flatMap(({ data }) => (data === undefined ? [] : [[data.request.target, data.runs.is ?? null]])),
  );
}

/** Only our machine writes these: what a mechanism answered, or the error that stands in its place. */
const One = z.object({
  request: z.object({ target: z.string() }),
  runs: z.object({ is: z.optional(asItCame<Runs>('at', 'newest', 'back')) }),
});

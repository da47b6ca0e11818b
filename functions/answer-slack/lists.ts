import { createHash } from 'node:crypto';
import { StartExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod/mini';
import { isNamed } from '../../src/aws/errors.ts';
import type { Instant } from '../../src/rollback/request.ts';
import type { Runs } from '../../src/rollback/runs.ts';
import { asRecord } from '../../src/rollback/json.ts';
import { Asker, lookingAt, readEnd } from './plans.ts';

/** One page of a list. */
const Page = z.object({
  /** Which of all targets it begins with, counted from 0. */
  first: z.number(),
  /** The targets on it, in order. */
  targets: z.array(z.string()),
  /** How many targets there are on all pages. */
  total: z.number(),
  /** The list may lack some: what is tagged could not be read. */
  unread: z.boolean(),
  /** Whether it takes the place of the page whose button was pressed. */
  replaces: z.boolean(),
});
export type Page = z.infer<typeof Page>;

/** Starts lists: executions of a machine that asks the mechanisms what runs, and cannot do anything else (ADR 12). */
export interface Lists {
  /** @param trigger Slack's id of the interaction: the same one starts one list */
  start(page: Page, asker: Asker, trigger: string, now: Instant): Promise<void>;
}

export function createLists(client: Pick<SFNClient, 'send'>, stateMachineArn: string): Lists {
  return {
    async start(page, asker, trigger, now) {
      const looking = lookingAtAll(page.targets, now);
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
export function lookingAtAll(targets: readonly string[], now: Instant) {
  return targets.map((target) => lookingAt({ target, reason: 'what runs' }, now));
}

/** The end of such an execution: what each target of the page runs, null where that is not known. */
export interface Looked {
  readonly asker: Asker;
  readonly page: Page;
  readonly runs: ReadonlyMap<string, Runs | null>;
}

const Input = z.object({ asker: Asker, page: Page });

/** Null: another event, or one whose input was too long to be in it. An execution that failed knows nothing. */
export function readLooked(event: unknown): Looked | null {
  const end = readEnd(event);
  const input = Input.safeParse(end?.input);
  if (end === null || !input.success) return null;
  return { ...input.data, runs: runsOfList(end.output) };
}

/** Reads what each target runs in the output of such an execution. Null: it has none. */
export function runsOfList(output: unknown): Looked['runs'] {
  const looked = asRecord(output)?.['looked'];
  return new Map(Array.isArray(looked) ? looked.map(runsIn) : []);
}

/** Only our machine writes these: what a mechanism answered, or the error that stands in its place. */
function runsIn(item: unknown): readonly [string, Runs | null] {
  const { request, runs } = item as {
    readonly request: { readonly target: string };
    readonly runs: { readonly is?: Runs };
  };
  return [request.target, runs.is ?? null];
}

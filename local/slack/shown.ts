import type { Block } from './block.ts';

/** Something that people see in Slack, or do there. */
export type Shown =
  | {
      readonly by: 'app';
      /** The only person who sees it. Absent: the channel. */
      readonly to?: string;
      readonly isInThread: boolean;
      /** A message that was there before reads so now. */
      readonly isChange: boolean;
      readonly blocks: readonly Block[];
    }
  | {
      readonly by: 'person';
      readonly user: string;
      readonly does: 'types' | 'presses';
      readonly what: string;
    };

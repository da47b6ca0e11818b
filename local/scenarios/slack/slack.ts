import type { Scenario } from '../scenario.ts';
import { slackCommands } from './commands.ts';
import { slackDesk } from './desk.ts';
import { slackLimits } from './limits.ts';
import { slackNamed } from './named.ts';
import { slackPictures } from './pictures.ts';
import { slackQuestions } from './questions.ts';
import { slackThreads } from './threads.ts';

export const slackScenarios: readonly Scenario[] = [
  ...slackThreads,
  ...slackCommands,
  ...slackNamed,
  ...slackQuestions,
  ...slackDesk,
  ...slackPictures,
  ...slackLimits,
];

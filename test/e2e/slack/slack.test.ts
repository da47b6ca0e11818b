import { slackCommands } from '../../../local/scenarios/slack/commands.ts';
import { slackDesk } from '../../../local/scenarios/slack/desk.ts';
import { slackQuestions } from '../../../local/scenarios/slack/questions.ts';
import { slackThreads } from '../../../local/scenarios/slack/threads.ts';
import { plays } from '../plays.ts';

plays("a rollback's thread in Slack", slackThreads);
plays('commands in Slack', slackCommands);
plays('questions in Slack', slackQuestions);
plays('lists and forms in Slack', slackDesk);

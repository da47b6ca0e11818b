import { slackCommands } from '../../../local/scenarios/slack/commands.ts';
import { slackDesk } from '../../../local/scenarios/slack/desk.ts';
import { slackQuestions } from '../../../local/scenarios/slack/questions.ts';
import { slackThreads } from '../../../local/scenarios/slack/threads.ts';
import { plays } from '../plays.ts';

plays('what is told in Slack', slackThreads);
plays('what people say in Slack', slackCommands);
plays('people who are asked in Slack', slackQuestions);
plays('what people see in Slack', slackDesk);

import { slackNamed } from '../../../local/scenarios/slack/named.ts';
import { plays } from '../plays.ts';

plays('revisions by the names that Lastgood shows', slackNamed);

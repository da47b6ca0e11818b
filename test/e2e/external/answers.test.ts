import { externalAnswers } from '../../../local/scenarios/external/answers.ts';
import { plays } from '../plays.ts';

plays('external: answers', externalAnswers);

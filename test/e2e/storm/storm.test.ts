import { answers } from '../../../local/scenarios/storm/answers.ts';
import { people } from '../../../local/scenarios/storm/people.ts';
import { sharedImage } from '../../../local/scenarios/storm/shared-image.ts';
import { tools } from '../../../local/scenarios/storm/tools.ts';
import { plays } from '../plays.ts';

plays('a storm with a shared image', sharedImage);
plays('answers to a storm', answers);
plays('people who answer a storm', people);
plays('tools that answer a storm', tools);

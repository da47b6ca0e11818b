import { externalGitHub } from '../../../local/scenarios/external/github.ts';
import { plays } from '../plays.ts';

plays('external: github', externalGitHub);

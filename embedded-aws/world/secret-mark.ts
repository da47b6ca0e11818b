/** Begins every secret that the embedded AWS issues. A test finds a secret in any output by it. */
export const SECRET_MARK = 'SecretOfTheStage';

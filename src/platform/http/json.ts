/** Content type of an answer whose JSON Postgres has built: the controller returns the text as it is. */
export const JSON_TYPE = 'application/json; charset=utf-8';

/** Instants are ISO text, truths are 0 and 1, documents are JSON text: the same in SQLite and PostgreSQL. */
export type Instant = string;
export type Truth = 0 | 1;
export type Json = string;

import { type Client, escapeIdentifier } from 'pg';

/** Tables of which the application may do less than read and write rows. */
const RESTRICTED: Readonly<Record<string, string>> = {
  'platform.audit_logs': 'SELECT, INSERT',
  'platform.audit_chain_head': 'SELECT',
  'public.schema_migrations': 'SELECT',
};

/** BullMQ makes a sequence for each queue as it goes. */
const QUEUES_SCHEMA = 'bullmq';

const ROWS = 'SELECT, INSERT, UPDATE, DELETE';

/**
 * Lets the application's role work with the rows of everything that the connected owner has made, and take
 * no part in the schema: it owns nothing, so it can neither drop nor disable what guards the audit log.
 * May be run again. Call while no other process does.
 */
export async function grantToApplication(owner: Client, role: string): Promise<void> {
  const { rows } = await owner.query<{ name: string; schema: string; sequence: boolean }>(`
    SELECT format('%I.%I', n.nspname, c.relname) AS name, quote_ident(n.nspname) AS schema, c.relkind = 'S' AS sequence
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND pg_get_userbyid(c.relowner) = current_user
       AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'`);
  const to = escapeIdentifier(role);
  const tables = rows.filter(({ sequence }) => !sequence).map(({ name }) => name);
  const sequences = rows.filter(({ sequence }) => sequence).map(({ name }) => name);
  const schemas = [...new Set(rows.map(({ schema }) => schema))].filter((schema) => schema !== 'public');
  const restricted = tables.filter((name) => RESTRICTED[name]);
  const open = tables.filter((name) => !RESTRICTED[name]);

  const statements = [
    schemas.length > 0 && `GRANT USAGE ON SCHEMA ${schemas.join(', ')} TO ${to}`,
    open.length > 0 && `GRANT ${ROWS} ON ${open.join(', ')} TO ${to}`,
    schemas.includes(QUEUES_SCHEMA) && `GRANT CREATE ON SCHEMA ${QUEUES_SCHEMA} TO ${to}`,
    sequences.length > 0 && `GRANT ALL ON SEQUENCE ${sequences.join(', ')} TO ${to}`,
    ...restricted.flatMap((name) => [`REVOKE ALL ON ${name} FROM ${to}`, `GRANT ${RESTRICTED[name]} ON ${name} TO ${to}`]),
  ];
  await owner.query(['BEGIN', ...statements.filter((statement) => statement !== false), 'COMMIT'].join(';\n'));
}

/** Whether the connected role could change the audit log, or remove what refuses it. */
export async function couldForgeAudit(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ could: boolean }>(`
    SELECT bool_or(r.rolsuper OR pg_has_role(c.relowner, 'MEMBER') OR pg_has_role(n.nspowner, 'MEMBER')
                   OR has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER, REFERENCES')) AS could
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_roles r ON r.rolname = current_user
     WHERE c.oid IN ('platform.audit_logs'::regclass, 'platform.audit_chain_head'::regclass)`);
  return rows[0]?.could ?? true;
}

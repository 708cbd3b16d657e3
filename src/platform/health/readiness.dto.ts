/** State of the process. */
export class LivenessView {
  /** Always `ok`: the process runs. @example ok */
  status: 'ok';
}

/** Whether the process can serve, part by part. */
export class ReadinessView {
  /** Whether the process can serve. @example ok */
  status: 'ok' | 'unavailable';

  /**
   * `ok` or what is wrong, for `database` and `queues`, `demo: seeding` while demo data is made, and `process: stopping` while the process drains.
   * @example { "database": "ok", "queues": "ok" }
   */
  checks: Record<string, string>;
}

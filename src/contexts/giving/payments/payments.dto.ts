/** Says that an event is stored, or was before. */
export class WebhookReceipt {
  /**
   * Always true.
   * @example true
   */
  received: boolean;
}

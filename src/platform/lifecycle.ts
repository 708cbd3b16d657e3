/**
 * Calls `stop` when the process that started this one is gone, killed included: nobody could end the application
 * then, and it would hold its port. Told by the ipc channel that `npm start` opens; without a channel (run under a
 * service manager or by hand) nothing happens.
 *
 * @param stop the same shutdown as on SIGTERM; must bear being called once more
 */
export function stopWithParent(stop: () => void): void {
  if (!process.connected) return;
  process.once('disconnect', stop);
  // The channel itself is no reason to stay alive after the shutdown.
  process.channel?.unref();
}

// The connection to a room: the only file that knows SignalR.

import '../../vendor/signalr/signalr.js';

const pauses = [0, 1000, 2000, 5000, 10000];
const final = ['live.not_found', 'account.sign_in_required'];

/**
 * @param {string} live
 * @param {{ signal: AbortSignal, onEvents: (events: any[]) => void, onState: (state: 'connecting' | 'open' | 'lost' | 'refused', code?: string) => void }} options
 */
export function connectRoom(live, { signal, onEvents, onState }) {
  const { HubConnectionBuilder, LogLevel } = globalThis.signalR;
  const connection = new HubConnectionBuilder().withUrl(`/hubs/chat?live=${encodeURIComponent(live)}`).configureLogging(LogLevel.None).build();
  let tries = 0;
  let timer = 0;

  connection.on('events', (events) => {
    tries = 0;
    onEvents(events);
  });
  connection.onclose((error) => {
    if (signal.aborted) return;
    const code = /HubException: ([a-z]+\.[a-z_]+)/.exec(error?.message ?? '')?.[1];
    onState(code ? 'refused' : 'lost', code);
    if (!final.includes(code)) again();
  });
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    connection.stop();
  });

  async function start() {
    if (signal.aborted || connection.state !== 'Disconnected') return;
    try {
      await connection.start();
      onState('open');
    } catch {
      if (signal.aborted) return;
      onState('lost');
      again();
    }
  }

  // Everybody loses the connection at once when a site restarts: nobody comes back at the same moment.
  function again() {
    clearTimeout(timer);
    const pause = pauses[Math.min(tries++, pauses.length - 1)];
    timer = setTimeout(start, pause + Math.random() * 1000 * Math.min(tries, 5));
  }

  onState('connecting');
  start();
  return {
    /** @returns {Promise<{ id?: string, isHeld?: boolean, code?: string, message?: string, retryAfterSeconds?: number }>} */
    send: (text, replyTo) => connection.invoke('Send', text, replyTo ?? null),
    react: (reaction) => connection.invoke('React', reaction),
    reconnect: () => connection.stop().then(start),
  };
}

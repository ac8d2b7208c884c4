// The connection of a page that goes live: frames or pieces of a WebM file out, acknowledgements in.
//
// A frame is one byte that says what it is, its moment in microseconds as eight bytes, and the payload. A decoder
// configuration starts with the FourCC of its codec.

export const kinds = { videoConfiguration: 0, keyframe: 1, picture: 2, audioConfiguration: 3, sound: 4 };

const headerSize = 9;

/**
 * @param {string} url
 * @param {{ ticket: string, format?: 'frames' | 'webm' }} hello
 * @param {{ onReady(): void, onEnd(reason: string, message: string): void, onLost(): void }} events one of onEnd and onLost is called, once
 */
export function openLink(url, hello, { onReady, onEnd, onLost }) {
  const socket = new WebSocket(url);
  let isReady = false;
  let isOver = false;
  let sent = 0;
  let acknowledged = 0;
  const over = (tell) => {
    if (isOver) return;
    isOver = true;
    socket.close();
    tell();
  };

  socket.binaryType = 'arraybuffer';
  socket.addEventListener('open', () => {
    const words = JSON.stringify(hello);
    sent += words.length;
    socket.send(words);
  });
  socket.addEventListener('message', ({ data }) => {
    const words = JSON.parse(data);
    if (words.type === 'ready') {
      isReady = true;
      onReady();
    }
    if (words.type === 'ack') acknowledged = words.bytes;
    if (words.type === 'end') over(() => onEnd(words.reason, words.message));
  });
  for (const name of ['close', 'error']) socket.addEventListener(name, () => over(onLost));

  return {
    get isReady() {
      return isReady && !isOver;
    },
    /** @returns {number} bytes that have not arrived yet, as far as this side knows */
    get waiting() {
      return Math.max(socket.bufferedAmount, sent - acknowledged);
    },
    get buffered() {
      return socket.bufferedAmount;
    },
    get acknowledged() {
      return acknowledged;
    },
    /**
     * @param {number} kind
     * @param {number} microseconds
     * @param {number} size of the payload
     * @param {(target: Uint8Array) => void} fill writes the payload
     */
    send(kind, microseconds, size, fill) {
      const message = new Uint8Array(headerSize + size);
      message[0] = kind;
      new DataView(message.buffer).setBigUint64(1, BigInt(Math.max(0, Math.round(microseconds))));
      fill(message.subarray(headerSize));
      sent += message.length;
      socket.send(message);
    },
    /** @param {Blob} piece of a file, as it comes */
    sendPiece(piece) {
      sent += piece.size;
      socket.send(piece);
    },
    /** Says goodbye, so that the live ends at once. */
    finish() {
      if (socket.readyState === WebSocket.OPEN) socket.send('end');
      else over(() => onEnd('ended', ''));
    },
    close() {
      isOver = true;
      socket.close();
    },
  };
}

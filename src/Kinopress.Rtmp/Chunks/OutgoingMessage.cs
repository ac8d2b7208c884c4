namespace Kinopress.Rtmp.Chunks;

/// <summary>A whole message to be cut into chunks.</summary>
/// <param name="ChunkStreamId">2 to 63. Messages of one chunk stream are never interleaved.</param>
/// <param name="StreamId">0 is the connection itself.</param>
/// <param name="Timestamp">Milliseconds, absolute, wrapping at 32 bits.</param>
internal readonly record struct OutgoingMessage(int ChunkStreamId, MessageType Type, uint StreamId, uint Timestamp, ReadOnlyMemory<byte> Body);

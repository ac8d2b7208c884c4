using System.Buffers;

namespace Kinopress.Rtmp.Chunks;

/// <summary>A whole message as it came. Its buffer belongs to whoever received it: hand it on, or <see cref="Release"/> it.</summary>
/// <param name="Timestamp">Milliseconds, absolute, wrapping at 32 bits.</param>
/// <param name="Buffer">Rented from the shared pool; the first <paramref name="Length"/> bytes are the body.</param>
internal readonly record struct IncomingMessage(MessageType Type, uint StreamId, uint Timestamp, byte[] Buffer, int Length)
{
    public ReadOnlySpan<byte> Body => Buffer.AsSpan(0, Length);

    public bool IsCommand => Type is MessageType.Command or MessageType.CommandAmf3;

    public void Release() => ArrayPool<byte>.Shared.Return(Buffer);
}

using System.Buffers;

namespace Kinopress.Media.Hls;

/// <summary>Strings pieces of memory together.</summary>
internal sealed class PlaylistPieces
{
    private Piece? first;
    private Piece? last;

    public ReadOnlySequence<byte> Sequence =>
        first is null || last is null ? ReadOnlySequence<byte>.Empty : new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);

    public void Add(ReadOnlyMemory<byte> memory)
    {
        last = new Piece(memory, last);
        first ??= last;
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, Piece? previous)
        {
            Memory = memory;
            RunningIndex = previous is null ? 0 : previous.RunningIndex + previous.Memory.Length;
            previous?.Next = this;
        }
    }
}

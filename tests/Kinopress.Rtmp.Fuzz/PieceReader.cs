using System.Buffers;
using System.IO.Pipelines;

namespace Kinopress.Rtmp.Fuzz;

/// <summary>Shows one piece more each time all that was shown has been examined.</summary>
internal sealed class PieceReader : PipeReader
{
    private readonly ReadOnlySequence<byte> all;
    private readonly int pieceSize;
    private long consumed;
    private long visible;

    public PieceReader(ReadOnlyMemory<byte> bytes, int pieceSize)
    {
        this.pieceSize = pieceSize;
        var first = new Piece(bytes[..Math.Min(bytes.Length, pieceSize)], 0);
        var last = first;
        for (var at = last.Memory.Length; at < bytes.Length; at += last.Memory.Length)
        {
            last = last.Append(bytes.Slice(at, Math.Min(pieceSize, bytes.Length - at)));
        }

        all = new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
        visible = first.Memory.Length;
    }

    public override bool TryRead(out ReadResult result)
    {
        result = new ReadResult(all.Slice(consumed, visible - consumed), isCanceled: false, isCompleted: visible == all.Length);
        return true;
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TryRead(out var result);
        return ValueTask.FromResult(result);
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        this.consumed = all.GetOffset(consumed) - all.GetOffset(all.Start);
        if (all.GetOffset(examined) - all.GetOffset(all.Start) == visible)
        {
            visible = Math.Min(all.Length, visible + pieceSize);
        }
    }

    public override void CancelPendingRead()
    {
        // Nothing is ever pending.
    }

    public override void Complete(Exception? exception = null)
    {
        // There is nothing to give back.
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, long runningIndex)
        {
            Memory = memory;
            RunningIndex = runningIndex;
        }

        public Piece Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}

using System.Buffers;
using System.IO.Pipelines;

namespace Kinopress.Rtmp.Fuzz;

/// <summary>Shows one piece more each time all that was shown has been examined.</summary>
internal sealed class PieceReader : PipeReader
{
    private SequencePosition consumed;
    private Piece shown;

    public PieceReader(ReadOnlyMemory<byte> bytes, int pieceSize)
    {
        shown = new Piece(bytes[..Math.Min(bytes.Length, pieceSize)], 0);
        consumed = new SequencePosition(shown, 0);
        var last = shown;
        for (var at = last.Memory.Length; at < bytes.Length; at += last.Memory.Length)
        {
            last = last.Append(bytes.Slice(at, Math.Min(pieceSize, bytes.Length - at)));
        }
    }

    public override bool TryRead(out ReadResult result)
    {
        var from = (Piece)consumed.GetObject()!; // positions are only ever those of pieces
        var visible = new ReadOnlySequence<byte>(from, consumed.GetInteger(), shown, shown.Memory.Length);
        result = new ReadResult(visible, isCanceled: false, isCompleted: shown.Next is null);
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
        this.consumed = consumed;
        if (examined.GetObject() == shown && examined.GetInteger() == shown.Memory.Length && shown.Next is Piece next)
        {
            shown = next;
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

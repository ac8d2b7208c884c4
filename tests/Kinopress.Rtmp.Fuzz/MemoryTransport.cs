using System.Buffers;
using System.IO.Pipelines;

namespace Kinopress.Rtmp.Fuzz;

/// <summary>A peer that says what it was told to, in pieces, and listens to nothing. Nothing ever waits.</summary>
/// <param name="pieceSize">Bytes that arrive at a time, each piece in a segment of its own.</param>
public sealed class MemoryTransport(ReadOnlyMemory<byte> said, int pieceSize) : IDuplexPipe
{
    private readonly Pipe heard = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));

    public PipeReader Input { get; } = new PieceReader(said, pieceSize);

    public PipeWriter Output => heard.Writer;

    /// <summary>What the other side wrote so far.</summary>
    public byte[] Heard()
    {
        if (!heard.Reader.TryRead(out var result))
        {
            return [];
        }

        var bytes = result.Buffer.ToArray();
        heard.Reader.AdvanceTo(result.Buffer.Start);
        return bytes;
    }
}

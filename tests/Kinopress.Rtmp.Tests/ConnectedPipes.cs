using System.IO.Pipelines;

namespace Kinopress.Rtmp.Tests;

/// <summary>Both ends of one connection in memory.</summary>
internal sealed class ConnectedPipes
{
    /// <param name="pauseThreshold">Bytes the server may write before somebody has to read; null for the usual 64 KiB.</param>
    public ConnectedPipes(int? pauseThreshold = null)
    {
        var toServer = new Pipe();
        var toClient = pauseThreshold is { } bytes ? new Pipe(new PipeOptions(pauseWriterThreshold: bytes, resumeWriterThreshold: bytes)) : new Pipe();
        Server = new End(toServer.Reader, toClient.Writer);
        Client = new End(toClient.Reader, toServer.Writer);
    }

    public IDuplexPipe Server { get; }

    public IDuplexPipe Client { get; }

    private sealed record End(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}

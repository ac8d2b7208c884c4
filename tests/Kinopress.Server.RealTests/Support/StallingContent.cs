using System.Net;

namespace Kinopress.Server.RealTests.Support;

/// <summary>Promises more than it sends: after the first part it waits until told to break the connection.</summary>
internal sealed class StallingContent(ReadOnlyMemory<byte> part, long promised) : HttpContent
{
    private readonly TaskCompletionSource _break = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Break() => _break.TrySetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(part);
        await stream.FlushAsync();
        await _break.Task;
        throw new IOException("The cable is out.");
    }

    protected override bool TryComputeLength(out long length)
    {
        length = promised;
        return true;
    }
}

using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using Kinopress.Media.Live;
using Kinopress.Server.Host;

namespace Kinopress.Server.Playback;

/// <summary>Sends what lies in memory in pieces: a flush costs a call of the system, so there is one for many pieces.</summary>
internal static class LiveBytes
{
    private const int FlushEvery = 128 * 1024;

    public static async Task SendAsync(HttpContext context, ReadOnlyMemory<byte> bytes)
    {
        if (HasBody(context))
        {
            await context.Response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
        }
    }

    public static async Task SendAsync(HttpContext context, ReadOnlySequence<byte> bytes)
    {
        if (!HasBody(context))
        {
            return;
        }

        var (writer, waiting) = (context.Response.BodyWriter, 0);
        foreach (var piece in bytes)
        {
            writer.Write(piece.Span);
            waiting = await FlushAsync(writer, waiting + piece.Length, context.RequestAborted);
        }

        await writer.FlushAsync(context.RequestAborted);
    }

    /// <param name="pieces">Held by the caller until this completes.</param>
    public static async Task SendAsync(HttpContext context, IReadOnlyList<SharedBytes> pieces)
    {
        if (!HasBody(context))
        {
            return;
        }

        await context.Response.StartAsync(context.RequestAborted);
        var memory = context.RequestServices.GetRequiredService<ConnectionMemory>();
        var (writer, waiting) = (context.Response.BodyWriter, 0);
        foreach (var piece in pieces)
        {
            memory.Append(writer, new Reading(piece));
            waiting = await FlushAsync(writer, waiting + piece.Length, context.RequestAborted);
        }

        await writer.FlushAsync(context.RequestAborted);
    }

    private static bool HasBody(HttpContext context) => !HttpMethods.IsHead(context.Request.Method);

    /// <returns>How many bytes wait for a flush.</returns>
    private static async ValueTask<int> FlushAsync(PipeWriter writer, int waiting, CancellationToken cancellationToken)
    {
        if (waiting < FlushEvery)
        {
            return waiting;
        }

        return (await writer.FlushAsync(cancellationToken)).IsCompleted ? throw new OperationCanceledException("Whoever asked has gone.") : 0;
    }

    /// <summary>One reference to shared bytes, given back when they were sent.</summary>
    /// <param name="bytes">held by the caller</param>
    private sealed class Reading(SharedBytes bytes) : IMemoryOwner<byte>
    {
        private readonly SharedBytes _bytes = bytes.TryRetain() ? bytes : throw new ObjectDisposedException(nameof(bytes));

        public Memory<byte> Memory => MemoryMarshal.AsMemory(_bytes.Memory); // nobody writes into it

        public void Dispose() => _bytes.Release();
    }
}

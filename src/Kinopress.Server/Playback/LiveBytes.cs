using System.Buffers;
using System.IO.Pipelines;
using Kinopress.Media.Live;

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
            waiting = await AddAsync(writer, piece, waiting, context.RequestAborted);
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

        var (writer, waiting) = (context.Response.BodyWriter, 0);
        foreach (var piece in pieces)
        {
            waiting = await AddAsync(writer, piece.Memory, waiting, context.RequestAborted);
        }

        await writer.FlushAsync(context.RequestAborted);
    }

    private static bool HasBody(HttpContext context) => !HttpMethods.IsHead(context.Request.Method);

    /// <returns>How many bytes wait for a flush.</returns>
    private static async ValueTask<int> AddAsync(PipeWriter writer, ReadOnlyMemory<byte> piece, int waiting, CancellationToken cancellationToken)
    {
        writer.Write(piece.Span);
        if (waiting + piece.Length < FlushEvery)
        {
            return waiting + piece.Length;
        }

        await writer.FlushAsync(cancellationToken);
        return 0;
    }
}

using Kinopress.Rtmp.Fuzz;

namespace Kinopress.Rtmp.Tests;

/// <summary>One message, kept after its buffer went back.</summary>
internal sealed record Kept(RtmpMessageKind Kind, long Timestamp, string Body)
{
    public static Kept Of(RtmpMessage message) => new(message.Kind, message.TimestampInMilliseconds, Convert.ToHexString(message.Body.Span));
}

/// <summary>A publisher's bytes, played to a session that grants everything.</summary>
internal sealed record Replay(RtmpPublishRequest? Request, IReadOnlyList<Kept> Messages, bool IsEndedByPublisher, byte[] Heard)
{
    public IEnumerable<Kept> Media => Messages.Where(message => message.Kind != RtmpMessageKind.Data);

    public int Count(RtmpMessageKind kind) => Messages.Count(message => message.Kind == kind);

    public static async Task<Replay> OfAsync(byte[] said, int pieceSize = int.MaxValue, RtmpServerOptions? options = null)
    {
        var transport = new MemoryTransport(said, pieceSize);
        await using var session = new RtmpServerSession(transport, options ?? new RtmpServerOptions(), TimeProvider.System);
        var request = await session.AcceptAsync(CancellationToken.None);
        List<Kept> messages = [];
        if (request is not null)
        {
            await session.GrantAsync(CancellationToken.None);
            while (await session.ReadAsync(CancellationToken.None) is { } message)
            {
                using (message)
                {
                    messages.Add(Kept.Of(message));
                }
            }
        }

        return new Replay(request, messages, session.IsEndedByPublisher, transport.Heard());
    }
}

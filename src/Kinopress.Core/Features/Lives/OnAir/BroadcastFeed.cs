using Kinopress.Media.Flv;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>Who sends a stream.</summary>
/// <param name="Network">What tells networks apart; kept in memory only.</param>
/// <param name="EncoderName">What the encoder calls itself; null when it does not say.</param>
public sealed record Publisher(string Network, string? EncoderName);

/// <summary>How an encoder leaves.</summary>
public enum FeedEnding
{
    /// <summary>It said goodbye: the live is over.</summary>
    Finished,

    /// <summary>It vanished, and may come back.</summary>
    Lost,

    /// <summary>This site stops.</summary>
    SiteStopping,
}

/// <summary>One encoder's way into a broadcast. One writer; ends with <see cref="LeaveAsync"/>, once.</summary>
public sealed class BroadcastFeed : IDisposable
{
    private readonly Broadcast _broadcast;
    private readonly CancellationTokenSource _closed = new();

    internal BroadcastFeed(Broadcast broadcast, Publisher publisher)
    {
        _broadcast = broadcast;
        Publisher = publisher;
        Input = new StreamInput();
    }

    public Publisher Publisher { get; }

    /// <summary>Cancelled when nothing more is wanted from this encoder.</summary>
    public CancellationToken Closed => _closed.Token;

    /// <summary>A newer encoder with the same key sends instead.</summary>
    public bool IsTakenOver { get; private set; }

    internal StreamInput Input { get; }

    internal string PublicId => _broadcast.Live.PublicId;

    /// <summary>Takes the body of an FLV tag. Returns when it has been packaged, which slows an encoder that is too fast.</summary>
    /// <param name="timestamp">In milliseconds, on the encoder's clock.</param>
    /// <param name="body">Used only during the call.</param>
    public ValueTask WriteAsync(FlvTagType type, long timestamp, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        _broadcast.WriteAsync(this, type, timestamp, body, cancellationToken);

    public Task LeaveAsync(FeedEnding ending) => _broadcast.LeaveAsync(this, ending);

    public void Dispose() => _closed.Dispose();

    internal void Close(bool isTakenOver)
    {
        IsTakenOver |= isTakenOver;
        _closed.Cancel();
    }
}

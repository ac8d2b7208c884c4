using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Chat;

/// <summary>
/// One listener of a room. What he does not take in time waits in a bounded queue; when that is full it is replaced by one
/// mark that says "ask again", and whoever does not catch up within ten seconds is sent away. Thread-safe.
/// </summary>
public abstract class ChatSeat(Caller caller, TimeProvider clock)
{
    public const int MaxWaiting = 64;

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Queue<ChatBatch> _waiting = new();
    private bool _isWriting;
    private DateTimeOffset? _behindSince;

    public Caller Caller { get; } = caller;

    /// <summary>Hears what is for moderators. Set when the seat is taken.</summary>
    public bool MayModerate { get; internal set; }

    /// <summary>Takes no part any more; its room forgets it.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The last write under way; completes when the listener has taken everything. For whoever owns the seat.</summary>
    public Task Writing { get; private set; } = Task.CompletedTask;

    /// <summary>Leaves the room. The connection itself is for <see cref="SendAway"/>.</summary>
    public void Close()
    {
        lock (_lock)
        {
            IsClosed = true;
            _waiting.Clear();
        }
    }

    /// <summary>Never waits.</summary>
    internal void Offer(ChatBatch batch)
    {
        lock (_lock)
        {
            if (IsClosed)
            {
                return;
            }

            if (!_isWriting)
            {
                Write(batch);
                return;
            }

            if (_behindSince is { } since)
            {
                if (clock.GetUtcNow() - since >= Patience)
                {
                    Leave();
                }

                return; // he asks again anyway once he has caught up
            }

            if (_waiting.Count < MaxWaiting)
            {
                _waiting.Enqueue(batch);
                return;
            }

            _behindSince = clock.GetUtcNow();
            _waiting.Clear();
            _waiting.Enqueue(ChatBatch.Resync);
        }
    }

    /// <summary>Ends the listener's connection: too slow, or no longer welcome.</summary>
    internal void SendAwayNow()
    {
        lock (_lock)
        {
            if (!IsClosed)
            {
                Leave();
            }
        }
    }

    /// <summary>Hands a batch to the connection; completes when there is room for the next.</summary>
    protected abstract ValueTask WriteAsync(ChatBatch batch);

    /// <summary>Ends the connection. Must not wait.</summary>
    protected abstract void SendAway();

    private void Leave()
    {
        IsClosed = true;
        _waiting.Clear();
        SendAway();
    }

    private void Write(ChatBatch batch)
    {
        var write = WriteAsync(batch);
        if (write.IsCompletedSuccessfully)
        {
            return; // the usual way: the connection had room
        }

        _isWriting = true;
        Writing = FinishAsync(write);
    }

    private async Task FinishAsync(ValueTask write)
    {
        try
        {
            await write;
            while (Next() is { } batch)
            {
                await WriteAsync(batch);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or InvalidOperationException or ObjectDisposedException)
        {
            Close(); // the connection is gone
        }
    }

    private ChatBatch? Next()
    {
        lock (_lock)
        {
            if (!IsClosed && _waiting.TryDequeue(out var batch))
            {
                _behindSince = batch == ChatBatch.Resync ? null : _behindSince;
                return batch;
            }

            _isWriting = false;
            return null;
        }
    }
}

/// <summary>Some events, sent together. Shared by all listeners, so that it is encoded once. Thread-safe.</summary>
public sealed class ChatBatch(IReadOnlyList<ChatEvent> events)
{
    private object? _encoded;

    public static ChatBatch Resync { get; } = new([new ChatResync()]);

    public IReadOnlyList<ChatEvent> Events { get; } = events;

    /// <summary>What <paramref name="encode"/> made of it the first time. Two at once may both encode; both results are the same.</summary>
    public T Encoded<T>(Func<IReadOnlyList<ChatEvent>, T> encode)
        where T : class
    {
        if (_encoded is T encoded)
        {
            return encoded;
        }

        encoded = encode(Events);
        _encoded = encoded;
        return encoded;
    }
}

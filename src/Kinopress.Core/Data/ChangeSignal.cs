using Kinopress.Core.Events;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Data;

/// <summary>
/// Told after every commit on this node, and never before: job runners and readers of the outbox look at once, and what this
/// node keeps in memory is dropped before whoever made the change has his answer. Thread-safe.
/// </summary>
public sealed class ChangeSignal
{
    private readonly Lock _changing = new();
    private volatile Action<IReadOnlyList<OutboxEvent>>? _followers;

    public Signal Signal { get; } = new();

    /// <param name="follower">
    /// Given the events of each commit that has any, before whoever committed goes on: so it is quick and throws nothing.
    /// </param>
    /// <returns>Dispose it to hear no more.</returns>
    public IDisposable Follow(Action<IReadOnlyList<OutboxEvent>> follower)
    {
        lock (_changing)
        {
            _followers += follower;
        }

        return new Following(this, follower);
    }

    internal void Tell(IReadOnlyList<OutboxEvent> events)
    {
        if (events.Count > 0)
        {
            _followers?.Invoke(events);
        }

        Signal.Raise();
    }

    private sealed class Following(ChangeSignal changes, Action<IReadOnlyList<OutboxEvent>> follower) : IDisposable
    {
        public void Dispose()
        {
            lock (changes._changing)
            {
                changes._followers -= follower;
            }
        }
    }
}

using System.Collections.Concurrent;

namespace Kinopress.Server.Host.Media;

/// <summary>
/// Keeps what was read by name for a while. However many ask at once, it is read once; but nobody who comes after a change
/// is given what began to be read before it. Thread-safe.
/// </summary>
/// <param name="read">Not cancelled when whoever asked first goes away: others wait for it too.</param>
/// <param name="isKept">False for what only those who wait for it get: strangers could fill the memory with names of nothing.</param>
internal sealed class SharedReads<T>(Func<string, Task<T>> read, Func<T, bool> isKept, SharedReadOptions options, CacheEpoch epoch, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Lock _beginning = new();

    public async ValueTask<T> GetAsync(string name, CancellationToken cancellationToken)
    {
        if (Find(name) is not { } entry)
        {
            entry = Begin(name);
        }

        return await entry.Reading.WaitAsync(cancellationToken);
    }

    public void Drop(string name) => _entries.TryRemove(name, out _);

    private Entry? Find(string name) =>
        _entries.TryGetValue(name, out var entry)
        && clock.GetElapsedTime(entry.BegunAt) < options.Lifetime
        && (entry.Epoch == epoch.Current || (entry.Reading.IsCompleted && !options.EndsWithEpoch))
            ? entry
            : null;

    private Entry Begin(string name)
    {
        lock (_beginning)
        {
            if (Find(name) is { } another)
            {
                return another;
            }

            if (_entries.Count >= options.Capacity)
            {
                _entries.Clear();
            }

            return _entries[name] = new Entry(epoch.Current, clock.GetTimestamp(), begun => ReadAsync(name, begun));
        }
    }

    private async Task<T> ReadAsync(string name, Entry entry)
    {
        var isWorthKeeping = false;
        try
        {
            var value = await read(name);
            isWorthKeeping = isKept(value) && epoch.Current == entry.Epoch; // else something happened meanwhile
            return value;
        }
        finally
        {
            if (!isWorthKeeping)
            {
                _entries.TryRemove(KeyValuePair.Create(name, entry));
            }
        }
    }

    private sealed class Entry
    {
        private readonly Lazy<Task<T>> _reading;

        public Entry(long epoch, long begunAt, Func<Entry, Task<T>> read) =>
            (Epoch, BegunAt, _reading) = (epoch, begunAt, new Lazy<Task<T>>(() => read(this)));

        /// <summary>Of the moment before it was read.</summary>
        public long Epoch { get; }

        public long BegunAt { get; }

        /// <summary>Begins when it is first asked for.</summary>
        public Task<T> Reading => _reading.Value;
    }
}

/// <summary>How long and how much <see cref="SharedReads{T}"/> keeps.</summary>
/// <param name="Capacity">Beyond it, all is forgotten.</param>
/// <param name="EndsWithEpoch">Nothing outlives an event, whatever it was about; else events drop what they are about by name.</param>
internal sealed record SharedReadOptions(int Capacity, TimeSpan Lifetime, bool EndsWithEpoch);

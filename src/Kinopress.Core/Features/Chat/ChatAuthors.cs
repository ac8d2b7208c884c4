namespace Kinopress.Core.Features.Chat;

/// <summary>The people who wrote in a room lately, so that a message costs no query. Thread-safe.</summary>
internal sealed class ChatAuthors
{
    // A changed name or role is seen after that; being kept out is seen at once.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private const int MaxCount = 5000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (ChatAuthor Author, DateTimeOffset ReadAt)> _authors = new(StringComparer.Ordinal);
    private int _forgotten;

    /// <summary>To be taken before reading somebody, and given to <see cref="Keep"/>.</summary>
    public int Generation
    {
        get
        {
            lock (_lock)
            {
                return _forgotten;
            }
        }
    }

    public ChatAuthor? Find(string key, DateTimeOffset now)
    {
        lock (_lock)
        {
            return _authors.TryGetValue(key, out var found) && now < found.ReadAt + Fresh ? found.Author : null;
        }
    }

    /// <param name="generation">As it was before reading: what was read while somebody was kept out may be old already.</param>
    public void Keep(string key, ChatAuthor author, int generation, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (generation != _forgotten)
            {
                return;
            }

            if (_authors.Count >= MaxCount)
            {
                _authors.Clear();
            }

            _authors[key] = (author, now);
        }
    }

    public void Forget(string key)
    {
        lock (_lock)
        {
            _forgotten++;
            _authors.Remove(key);
        }
    }
}

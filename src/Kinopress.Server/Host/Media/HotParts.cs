using System.Buffers;
using System.Collections.Concurrent;

namespace Kinopress.Server.Host.Media;

/// <summary>
/// Small public parts that several viewers ask for at the same time, ready to be sent: opening, reading and closing a
/// file costs more than sending sixty kilobytes. What is in here was allowed to strangers when it was kept, and goes when
/// its video changes or after half a minute. Thread-safe.
/// </summary>
internal sealed class HotParts(CacheEpoch epoch, TimeProvider clock)
{
    /// <summary>Larger ones are bound by copying, which memory does not save.</summary>
    public const int MaxPartSizeInBytes = 256 * 1024;

    private const long CapacityInBytes = 32 * 1024 * 1024;
    private const int SeenSlots = 4096;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly int[] _seen = new int[SeenSlots];
    private long _sizeInBytes;

    /// <summary>Null when the path has to be answered the long way.</summary>
    public HotPart? Find(string path)
    {
        if (!_entries.TryGetValue(path, out var entry))
        {
            return null;
        }

        if (clock.GetElapsedTime(entry.KeptAt) < Lifetime)
        {
            return entry.Part;
        }

        Remove(path);
        return null;
    }

    /// <summary>True from the second time a path is asked for, so that one viewer of a long film does not fill the memory.</summary>
    public bool IsWorthKeeping(string path)
    {
        var hash = path.GetHashCode(StringComparison.Ordinal) | 1;
        return Interlocked.Exchange(ref _seen[(uint)hash % SeenSlots], hash) == hash;
    }

    /// <param name="path">of the request</param>
    /// <param name="part">the answer</param>
    /// <param name="readIn">the <see cref="CacheEpoch"/> when it was decided that strangers may have it</param>
    public void Keep(string path, HotPart part, long readIn)
    {
        if (Interlocked.Read(ref _sizeInBytes) + part.Content.Length > CapacityInBytes)
        {
            Clear();
        }

        if (_entries.TryAdd(path, new Entry(part, clock.GetTimestamp())))
        {
            Interlocked.Add(ref _sizeInBytes, part.Content.Length);
        }

        if (epoch.Current != readIn)
        {
            Remove(path); // something happened meanwhile
        }
    }

    /// <summary>Forgets what is kept of a video.</summary>
    public void Drop(string publicId)
    {
        foreach (var (path, entry) in _entries)
        {
            if (entry.Part.PublicId == publicId)
            {
                Remove(path);
            }
        }
    }

    private void Clear()
    {
        foreach (var path in _entries.Keys)
        {
            Remove(path);
        }
    }

    private void Remove(string path)
    {
        if (_entries.TryRemove(path, out var entry))
        {
            Interlocked.Add(ref _sizeInBytes, -entry.Part.Content.Length);
        }
    }

    private sealed record Entry(HotPart Part, long KeptAt);
}

/// <summary>A whole answer, which any number of connections may be sending at a time. The collector ends it, nobody else.</summary>
internal sealed record HotPart(string PublicId, byte[] Content, string ContentType) : IMemoryOwner<byte>
{
    Memory<byte> IMemoryOwner<byte>.Memory => Content;

    void IDisposable.Dispose()
    {
    }
}

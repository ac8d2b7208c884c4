using System.Collections.Concurrent;
using Kinopress.Core.Storage;
using Kinopress.Media.Live;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>
/// The bytes behind a playlist: the newest parts in memory, older segments in the recording. Written by the packager's
/// turn, read by any number of viewers. Thread-safe.
/// </summary>
internal sealed class SegmentStore
{
    private readonly ConcurrentDictionary<long, Held> _segments = new();
    private readonly ConcurrentDictionary<int, ReadOnlyMemory<byte>> _inits = new();

    // Media sequence numbers only rise, so whatever was dealt with lies below these.
    private long _newest;
    private long _oldest;
    private long _oldestInMemory;

    /// <summary>Of all parts in memory.</summary>
    public long SizeInMemory => _segments.Values.Sum(held => held.SizeInMemory);

    public void Add(LiveInit init) => _inits[init.Number] = init.Bytes;

    public void Add(LivePart part)
    {
        _newest = part.MediaSequence;
        _segments.GetOrAdd(part.MediaSequence, _ => new Held()).Add(part);
    }

    /// <summary>The segment can be read from a file from now on.</summary>
    public void Place(RecordedSegment segment, string path)
    {
        if (_segments.TryGetValue(segment.MediaSequence, out var held))
        {
            held.File = new SegmentFile(path, segment.Offset, segment.Size);
        }
    }

    // Without its type, null would be memory of no bytes.
    public ReadOnlyMemory<byte>? FindInit(int number) => _inits.TryGetValue(number, out var bytes) ? bytes : (ReadOnlyMemory<byte>?)null;

    /// <summary>Null when it is not there, or no more in memory. The caller releases it.</summary>
    public SharedBytes? FindPart(long mediaSequence, int index) =>
        _segments.TryGetValue(mediaSequence, out var held) && held.Part(index) is { } part && part.TryRetain() ? part : null;

    /// <summary>All parts of a segment in memory, retained for the caller; null when some are gone.</summary>
    public IReadOnlyList<SharedBytes>? FindParts(long mediaSequence) => _segments.TryGetValue(mediaSequence, out var held) ? held.RetainAll() : null;

    /// <summary>Null while it is only in memory.</summary>
    public SegmentFile? FindFile(long mediaSequence) => _segments.TryGetValue(mediaSequence, out var held) ? held.File : null;

    /// <summary>Lets go of the memory of segments before one, where they are in a file.</summary>
    /// <param name="lost">Segments before this are let go of in any case: the disk has had its time.</param>
    /// <returns>The last segment that is nowhere now; null when there is none.</returns>
    public long? ReleaseBefore(long mediaSequence, long lost)
    {
        long? nowhere = null;
        var isFirst = true;
        for (var number = _oldestInMemory; number < Math.Min(mediaSequence, _newest + 1); number++)
        {
            if (_segments.TryGetValue(number, out var held) && held.File is null)
            {
                if (number >= lost)
                {
                    isFirst = false; // it is on its way to the disk
                    continue;
                }

                nowhere = number;
                _segments.TryRemove(number, out _);
            }

            held?.Release();
            _oldestInMemory = isFirst ? number + 1 : _oldestInMemory;
        }

        return nowhere;
    }

    /// <summary>Forgets segments that have left the window.</summary>
    public void RemoveBefore(long mediaSequence)
    {
        for (; _oldest < Math.Min(mediaSequence, _newest + 1); _oldest++)
        {
            if (_segments.TryRemove(_oldest, out var held))
            {
                held.Release();
            }
        }

        _oldestInMemory = Math.Max(_oldestInMemory, _oldest);
    }

    private sealed class Held
    {
        private readonly Lock _gate = new();
        private readonly List<SharedBytes> _parts = [];
        private bool _isReleased;

        public volatile SegmentFile? File;

        public long SizeInMemory
        {
            get
            {
                lock (_gate)
                {
                    return _parts.Sum(part => (long)part.Length);
                }
            }
        }

        public void Add(LivePart part)
        {
            lock (_gate)
            {
                _parts.Add(part.Bytes); // takes over the packager's reference
            }
        }

        public SharedBytes? Part(int index)
        {
            lock (_gate)
            {
                return !_isReleased && index < _parts.Count ? _parts[index] : null;
            }
        }

        public IReadOnlyList<SharedBytes>? RetainAll()
        {
            lock (_gate)
            {
                if (_isReleased || _parts.Count == 0)
                {
                    return null;
                }

                foreach (var part in _parts)
                {
                    part.TryRetain(); // held here, so it is alive
                }

                return [.. _parts];
            }
        }

        public void Release()
        {
            lock (_gate)
            {
                if (_isReleased)
                {
                    return;
                }

                _isReleased = true;
                foreach (var part in _parts)
                {
                    part.Release();
                }

                _parts.Clear();
            }
        }
    }
}

/// <summary>A segment in a recording.</summary>
public sealed record SegmentFile(string Path, long Offset, long Size);

using System.Globalization;
using System.Security.Cryptography;
using System.Threading.Channels;
using Kinopress.Core.Storage;
using Kinopress.Media.Live;
using Microsoft.Extensions.Logging;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>
/// Writes the closed segments of one quality to disk, one after another, behind the packager's back. While the disk takes
/// nothing the recording has a hole and the live goes on. Started once; ends with <see cref="CompleteAsync"/>.
/// </summary>
internal sealed partial class RenditionRecorder
{
    /// <summary>How many segments may wait. Beyond that the disk is too slow; what does not fit is a gap in the recording.</summary>
    public const int MaxWaiting = 32;

    // A file of that much time is deleted at once when it leaves the window of a live that keeps nothing.
    private static readonly TimeSpan LongestChunk = TimeSpan.FromMinutes(10);

    // A disk that took nothing is asked again after this.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly string _session;
    private readonly string _rendition;
    private readonly BroadcastTools _tools;
    private readonly SegmentStore _store;
    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly List<RecordedChunk> _chunks = [];
    private readonly Lock _gate = new();
    private readonly Task _writing;
    private RecordingFile? _file;
    private List<RecordedSegment> _segments = [];
    private LiveInit? _init;
    private bool _isFiller;
    private bool _startsDiscontinuity;
    private int _order;
    private long? _lastWritten;
    private long? _failedAt;
    private bool _hasLogged;

    public RenditionRecorder(string session, string rendition, BroadcastTools tools, SegmentStore store)
    {
        (_session, _rendition, _tools, _store) = (session, rendition, tools, store);
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>The disk was full or too slow; a piece is missing.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>From here on segments are decoded with another init.</summary>
    public void Begin(LiveInit init, bool isFiller) => Offer(new Waiting(init, isFiller, Segment: null, Parts: []));

    /// <param name="parts">Its bytes, retained for this recorder, which releases them.</param>
    public void Add(LiveSegment segment, IReadOnlyList<SharedBytes> parts) => Offer(new Waiting(Init: null, IsFiller: false, segment, parts));

    /// <summary>Files whose every segment is before one, for a live that keeps only its window; deletes them.</summary>
    public void DeleteBefore(long mediaSequence)
    {
        List<RecordedChunk> old;
        lock (_gate)
        {
            old = _chunks.FindAll(chunk => chunk.Segments[^1].MediaSequence < mediaSequence);
            _chunks.RemoveAll(old.Contains);
        }

        old.ForEach(chunk => _tools.Recordings.Delete(_session, chunk.Name));
    }

    /// <summary>Waits for what is on its way to the disk.</summary>
    /// <returns>All that was recorded, in order.</returns>
    public async Task<IReadOnlyList<RecordedChunk>> CompleteAsync()
    {
        _waiting.Writer.TryComplete();
        await _writing;
        lock (_gate)
        {
            return [.. _chunks];
        }
    }

    private void Offer(Waiting waiting)
    {
        if (!_waiting.Writer.TryWrite(waiting))
        {
            HasFailed = true;
            waiting.Release();
        }
    }

    private async Task WriteAllAsync()
    {
        await foreach (var waiting in _waiting.Reader.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                Write(waiting);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Fail(exception);
            }
            finally
            {
                waiting.Release();
            }
        }

        CloseFile();
    }

    private void Fail(Exception exception)
    {
        HasFailed = true;
        CloseFile();
        _failedAt = _tools.Clock.GetTimestamp();
        if (!_hasLogged)
        {
            _hasLogged = true;
            Log.Failed(_tools.Logger, exception, _rendition);
        }
    }

    private void Write(Waiting waiting)
    {
        if (waiting.Init is { } init)
        {
            CloseFile();
            (_init, _isFiller, _startsDiscontinuity) = (init, waiting.IsFiller, true);
            return;
        }

        if (waiting.Segment is not { IsGap: false } segment || _init is null || IsPausing())
        {
            return;
        }

        if (_file is not null && _segments.Count > 0 && segment.Start - _segments[0].Start >= LongestChunk)
        {
            CloseFile();
        }

        if (_lastWritten is { } last && segment.MediaSequence != last + 1)
        {
            CloseFile();
            _startsDiscontinuity = true; // what is missing in between would be missing in the time of its player
        }

        _file ??= Open(_init);
        var written = _file.Append(
            [.. waiting.Parts.Select(part => part.Memory)],
            new RecordedSegment(segment.MediaSequence, 0, 0, segment.Start, segment.Duration, segment.IsIndependent, segment.ProgramDateTime));
        _segments.Add(written);
        _lastWritten = segment.MediaSequence;
        _store.Place(written, _file.Path);
    }

    private bool IsPausing() => _failedAt is { } failedAt && _tools.Clock.GetElapsedTime(failedAt) < Pause;

    private RecordingFile Open(LiveInit init)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(init.Bytes.Span).AsSpan(0, 8));
        var video = init.Tracks.Video;
        var chunk = new RecordedChunk(
            string.Create(CultureInfo.InvariantCulture, $"{_rendition}-{_order:0000}"),
            _order,
            _rendition,
            init.Bytes.Length,
            hash,
            init.Tracks.Codecs,
            video?.Width ?? 0,
            video?.Height ?? 0,
            video?.FrameRate?.Value ?? 0,
            _startsDiscontinuity,
            _isFiller);
        var file = _tools.Recordings.Create(_session, chunk, init.Bytes.Span);
        _order++;
        _startsDiscontinuity = false;
        return file;
    }

    private void CloseFile()
    {
        if (_file is null)
        {
            return;
        }

        _file.Dispose();
        lock (_gate)
        {
            if (_segments.Count > 0)
            {
                _chunks.Add(_file.Chunk with { Segments = _segments });
            }
        }

        (_file, _segments) = (null, []);
    }

    private sealed record Waiting(LiveInit? Init, bool IsFiller, LiveSegment? Segment, IReadOnlyList<SharedBytes> Parts)
    {
        public void Release()
        {
            foreach (var part in Parts)
            {
                part.Release();
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, EventName = "live.recording_failed", Message = "The disk takes nothing more of the recording of quality {Rendition}. The live goes on; the disk is asked again every few seconds")]
        public static partial void Failed(ILogger logger, Exception exception, string rendition);
    }
}

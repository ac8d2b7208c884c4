using System.Globalization;
using System.Security.Cryptography;
using System.Threading.Channels;
using Kinopress.Core.Storage;
using Kinopress.Media.Live;
using Microsoft.Extensions.Logging;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>
/// Writes the closed segments of one quality to disk, one after another, behind the packager's back. A full disk ends the
/// recording and not the live. Started once; ends with <see cref="CompleteAsync"/>.
/// </summary>
internal sealed partial class RenditionRecorder
{
    // Beyond this the disk is too slow; what does not fit is a gap in the recording.
    private const int MaxWaiting = 32;

    // A file of that much time is deleted at once when it leaves the window of a live that keeps nothing.
    private static readonly TimeSpan LongestChunk = TimeSpan.FromMinutes(10);

    private readonly string _session;
    private readonly string _rendition;
    private readonly RecordingFiles _files;
    private readonly SegmentStore _store;
    private readonly ILogger _logger;
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

    public RenditionRecorder(string session, string rendition, RecordingFiles files, SegmentStore store, ILogger logger)
    {
        (_session, _rendition, _files, _store, _logger) = (session, rendition, files, store, logger);
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>The disk was full or too slow; nothing more is recorded, or a piece is missing.</summary>
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

        old.ForEach(chunk => _files.Delete(_session, chunk.Name));
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
            catch (IOException exception)
            {
                HasFailed = true;
                CloseFile();
                Log.Failed(_logger, exception, _rendition);
            }
            finally
            {
                waiting.Release();
            }
        }

        CloseFile();
    }

    private void Write(Waiting waiting)
    {
        if (waiting.Init is { } init)
        {
            CloseFile();
            (_init, _isFiller, _startsDiscontinuity) = (init, waiting.IsFiller, true);
            return;
        }

        if (waiting.Segment is not { IsGap: false } segment || _init is null)
        {
            return;
        }

        if (_file is not null && _segments.Count > 0 && segment.Start - _segments[0].Start >= LongestChunk)
        {
            CloseFile();
        }

        _file ??= Open(_init);
        var written = _file.Append(
            [.. waiting.Parts.Select(part => part.Memory)],
            new RecordedSegment(segment.MediaSequence, 0, 0, segment.Start, segment.Duration, segment.IsIndependent, segment.ProgramDateTime));
        _segments.Add(written);
        _store.Place(written, _file.Path);
    }

    private RecordingFile Open(LiveInit init)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(init.Bytes.Span).AsSpan(0, 8));
        var video = init.Tracks.Video;
        var chunk = new RecordedChunk(
            string.Create(CultureInfo.InvariantCulture, $"{_rendition}-{_order:0000}"),
            _order++,
            _rendition,
            init.Bytes.Length,
            hash,
            init.Tracks.Codecs,
            video?.Width ?? 0,
            video?.Height ?? 0,
            video?.FrameRate?.Value ?? 0,
            _startsDiscontinuity,
            _isFiller);
        _startsDiscontinuity = false;
        return _files.Create(_session, chunk, init.Bytes.Span);
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
        [LoggerMessage(Level = LogLevel.Error, EventName = "live.recording_failed", Message = "The recording of quality {Rendition} stopped: the disk takes no more. The live goes on")]
        public static partial void Failed(ILogger logger, Exception exception, string rendition);
    }
}

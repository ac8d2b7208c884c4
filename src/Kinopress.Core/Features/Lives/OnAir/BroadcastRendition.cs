using Kinopress.Core.Foundation;
using Kinopress.Core.Storage;
using Kinopress.Media.Hls;
using Kinopress.Media.Live;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>
/// One quality of a live: its packager, its playlist and its bytes. Written by the broadcast's turn; what viewers read are
/// snapshots that never change.
/// </summary>
public sealed class BroadcastRendition
{
    /// <summary>The quality that is passed on as it comes.</summary>
    public const string SourceKey = "source";

    // Parts are offered for three target durations (RFC 8216bis §6.2.2); a little more for whoever is late.
    private const int PartsKeptInTargetDurations = 4;
    private const int SegmentsKeptBeyondWindow = 3;

    private readonly int _dvrWindowInSeconds;
    private readonly BroadcastTools _tools;
    private readonly SegmentStore _store = new();
    private readonly LiveTimeline _timeline = new();
    private readonly Signal _changed = new();
    private LiveSegmenter _segmenter = new(LiveTargets.Default);
    private LiveWindow? _window;
    private RenditionRecorder? _recorder;
    private readonly Queue<LiveSegment> _inMemory = new();
    private bool _isFiller;
    private TimeSpan _end;
    private volatile LivePlaylist? _playlist;

    internal BroadcastRendition(string key, int dvrWindowInSeconds, BroadcastTools tools) =>
        (Key, _dvrWindowInSeconds, _tools) = (key, dvrWindowInSeconds, tools);

    /// <summary>Its name in addresses.</summary>
    public string Key { get; }

    /// <summary>What can be played now; null before the first part.</summary>
    public LivePlaylist? Playlist => _playlist;

    /// <summary>What it consists of; null before it has begun.</summary>
    public LiveTracks? Tracks { get; private set; }

    /// <summary>Highest bit rate of any segment so far, in bits per second; 0 before the first.</summary>
    public int PeakBitrateInBitsPerSecond => _window?.PeakBitrateInBitsPerSecond ?? 0;

    /// <summary>The newest whole segment of the encoder's picture that can be decoded by itself; null before there is one.</summary>
    internal LiveSegment? NewestPicture { get; private set; }

    internal bool RecordingFailed => _recorder?.HasFailed == true;

    /// <summary>Completes at the next change after this is read.</summary>
    public Task WhenChanged => _changed.WhenRaised;

    /// <summary>Null when there is no such init.</summary>
    public ReadOnlyMemory<byte>? FindInit(int number) => _store.FindInit(number);

    /// <summary>Null when it is not in memory. The caller releases it.</summary>
    public SharedBytes? FindPart(long mediaSequence, int index) => _store.FindPart(mediaSequence, index);

    /// <summary>A whole segment from memory, each part to be released by the caller; null when it is not there.</summary>
    public IReadOnlyList<SharedBytes>? FindSegment(long mediaSequence) =>
        mediaSequence <= _playlist?.LastMediaSequence ? _store.FindParts(mediaSequence) : null;

    /// <summary>Where an older segment lies; null when it is not there.</summary>
    public SegmentFile? FindFile(long mediaSequence) => _store.FindFile(mediaSequence);

    internal void Open(StartedLiveSession session, string name, double? frameRate)
    {
        var targets = LiveTargets.For(frameRate);
        _segmenter = new LiveSegmenter(targets);
        _window = new LiveWindow(new LiveWindowOptions { Targets = targets, Prefix = $"{name}/", Window = TimeSpan.FromSeconds(_dvrWindowInSeconds) });
        _recorder = new RenditionRecorder(session.RecordingFolder, Key, _tools.Recordings, _store, _tools.Logger);
    }

    /// <summary>Begins a stretch that is decoded anew.</summary>
    internal void Begin(LiveTracks tracks, DateTimeOffset programDateTime, bool isFiller)
    {
        Collect(); // what is left of the stretch before belongs to it
        _segmenter.Begin(tracks, programDateTime);
        Collect();
        Tracks = isFiller ? Tracks : tracks;
        _isFiller = isFiller;
    }

    /// <param name="unit">On the encoder's clock.</param>
    /// <returns>The same in the session's media time.</returns>
    internal AccessUnit Write(AccessUnit unit)
    {
        var placed = unit with { DecodeTime = _timeline.Map(unit.Track, unit.DecodeTime).Milliseconds };
        _segmenter.Append(placed);
        Collect();
        return placed;
    }

    /// <summary>Another encoder, or the same again: its clock has nothing to do with the one before.</summary>
    internal void Reconnect(TimeSpan pause) => _timeline.Reconnect(pause);

    /// <summary>Ends the stretch: everything that was sent can be played.</summary>
    internal void Flush()
    {
        _segmenter.Flush();
        Collect();
    }

    /// <summary>Nothing more will come.</summary>
    internal void End()
    {
        Flush();
        if (_window is { HasStarted: true })
        {
            _window.End();
            Publish(_window);
        }
    }

    /// <summary>Lets go of memory that is on disk, and of disk that left the window.</summary>
    /// <param name="keepsAll">What is recorded becomes a video.</param>
    internal void Tidy(bool keepsAll)
    {
        if (_window is null)
        {
            return;
        }

        while (_inMemory.TryPeek(out var oldest) && _end - oldest.End > TimeSpan.FromSeconds(PartsKeptInTargetDurations * _segmenter.Targets.TargetDurationInSeconds))
        {
            _inMemory.Dequeue();
            _store.ReleaseBefore(oldest.MediaSequence + 1);
        }

        // A player that has just been told of a segment may still ask for it.
        var oldestServed = _window.FirstMediaSequence - SegmentsKeptBeyondWindow;
        _store.RemoveBefore(oldestServed);
        if (!keepsAll)
        {
            _recorder?.DeleteBefore(oldestServed);
        }
    }

    internal Task<IReadOnlyList<RecordedChunk>> CompleteRecordingAsync() =>
        _recorder?.CompleteAsync() ?? Task.FromResult<IReadOnlyList<RecordedChunk>>([]);

    /// <summary>Gives all memory back.</summary>
    internal void Release() => _store.RemoveBefore(long.MaxValue);

    private void Collect()
    {
        var hasChanged = false;
        while (_segmenter.TryTake(out var output))
        {
            Take(output);
            hasChanged = true;
        }

        if (hasChanged && _window is { HasStarted: true } window)
        {
            Publish(window);
        }
    }

    private void Publish(LiveWindow window)
    {
        _playlist = window.Render();
        _changed.Raise();
    }

    private void Take(LiveOutput output)
    {
        _window?.Add(output);
        switch (output)
        {
            case LiveInit init:
                _store.Add(init);
                _recorder?.Begin(init, _isFiller);
                break;
            case LivePart part:
                _store.Add(part);
                break;
            case LiveSegment segment:
                _end = segment.End;
                _inMemory.Enqueue(segment);
                NewestPicture = segment is { IsIndependent: true, IsGap: false } && !_isFiller && Tracks?.Video is not null ? segment : NewestPicture;
                _recorder?.Add(segment, _store.FindParts(segment.MediaSequence) ?? []);
                break;
        }
    }
}
